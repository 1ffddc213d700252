use std::collections::BTreeMap;

use platform::projects::{Act, ItemState, Marked};

/// The fields of a form, as they were sent.
pub(super) struct Fields(pub(super) Vec<(String, String)>);

/// What begins the name of a field with the mark of a behaviour, and of one with its reason.
pub(super) const MARK: &str = "mark-";
pub(super) const BECAUSE: &str = "because-";

impl Fields {
    pub(super) fn text(&self, name: &str) -> String {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// A field that may be left empty: nothing then.
    fn chosen(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|value| !value.is_empty())
    }

    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(own, _)| own == name).map(|(_, value)| value.clone()).collect()
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.text(name).parse().ok()
    }

    fn says_yes(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    fn marks(&self) -> BTreeMap<String, Marked> {
        let marked = |(name, value): &(String, String)| {
            let id = name.strip_prefix(MARK)?;
            let because = self.text(&format!("{BECAUSE}{id}"));
            Some((id.to_owned(), Marked { mark: value.parse().ok()?, because }))
        };
        self.0.iter().filter_map(marked).collect()
    }

    /// Where the form came from, below the project's own address.
    pub(super) fn back(&self) -> String {
        let back = self.text("back");
        let good = |c: char| c.is_ascii_alphanumeric() || "-/#".contains(c);
        let is_ours = back.starts_with('/') || back.starts_with('#');
        if is_ours && !back.contains("//") && back.chars().all(good) { back } else { String::new() }
    }

    /// What the form wants done, and what is said when it is; nothing for a form that none of our pages sends.
    pub(super) fn act(&self) -> Option<(Act, &'static str)> {
        let text = |name: &str| self.text(name);
        Some(match text("do").as_str() {
            "charter" => {
                let (purpose, roles) = (text("purpose"), text("roles"));
                let (agreement, risks) = (text("agreement"), text("risks"));
                (Act::Charter { purpose, roles, agreement, risks }, "It is written. Now everybody signs it.")
            }
            "sign" => (Act::Sign { version: self.number("version")? }, "You have signed it."),
            "add-item" => {
                let (title, done_when) = (text("title"), text("done_when"));
                (
                    Act::AddItem { title, done_when, milestone: self.chosen("milestone") },
                    "It is in the backlog.",
                )
            }
            "own-item" => {
                (Act::OwnItem { item: self.number("item")?, owner: self.chosen("owner") }, "They see to it.")
            }
            "move-item" => {
                let to = ItemState::ALL.into_iter().find(|state| state.word() == text("to"))?;
                (Act::MoveItem { item: self.number("item")?, to }, "Moved.")
            }
            "link-item" => {
                let (item, evidence) = (self.number("item")?, text("evidence"));
                (Act::LinkItem { item, evidence }, "Linked.")
            }
            "contribute" => (
                Act::Contribute { to: self.all("to"), text: text("text") },
                "Now the others say whether it is so.",
            ),
            "confirm" => {
                let (of, agrees, words) = (text("of"), self.says_yes("agrees"), text("words"));
                (Act::Confirm { of, agrees, words }, "It stands beside their statement.")
            }
            _ => return self.act_on_work(),
        })
    }

    fn act_on_work(&self) -> Option<(Act, &'static str)> {
        let text = |name: &str| self.text(name);
        let milestone = text("milestone");
        Some(match text("do").as_str() {
            "review" => {
                let (version, marks, words) = (self.number("version")?, self.marks(), text("words"));
                (Act::Review { milestone, version, marks, words }, "Your review is with its authors.")
            }
            "answer" => {
                let (review, text) = (self.number("review")?, text("text"));
                (Act::Answer { milestone, review, text }, "Answered.")
            }
            "rule" => {
                let (accepted, words) = (self.says_yes("accepted"), text("words"));
                let then = if accepted { "The milestone is accepted." } else { "The milestone is returned." };
                (Act::Rule { milestone, accepted, words }, then)
            }
            "defend" => (Act::Defend { on: text("on") }, "The day is set."),
            "question" => {
                let (asked, answered) = (text("asked"), text("answered"));
                (Act::Question { to: self.chosen("to"), asked, answered }, "It is written down.")
            }
            "mark" => (Act::Mark { marks: self.marks() }, "Your marks are kept."),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_comes_back_to_a_part_of_its_own_project() {
        let back = |value: &str| Fields(vec![("back".to_owned(), value.to_owned())]).back();
        for good in ["#backlog", "/milestones/feed", "/milestones/feed#reviews", ""] {
            assert_eq!(back(good), good);
        }
        for bad in ["//elsewhere", "https://elsewhere", "/..", "x", "/a?b", "/a//b"] {
            assert_eq!(back(bad), "", "{bad}");
        }
    }
}
