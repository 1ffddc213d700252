use std::collections::BTreeMap;

use platform::workshops::{Act, Sbar};

/// The fields of a form in the room, as they were sent.
pub(super) struct Fields(pub(super) Vec<(String, String)>);

/// What begins the name of a field that answers a situation question.
const ANSWER: &str = "answer-";

impl Fields {
    pub(super) fn text(&self, name: &str) -> String {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// A field that may be left empty: nothing then.
    fn chosen(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|value| !value.is_empty())
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(own, _)| own == name).map(|(_, value)| value.clone()).collect()
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.text(name).parse().ok()
    }

    fn says_yes(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    /// What the form wants done, and what is said when it is; nothing for a form that none of our pages sends.
    pub(super) fn act(&self) -> Option<(Act, &'static str)> {
        let text = |name: &str| self.text(name);
        Some(match text("do").as_str() {
            "sit" => (Act::Sit { role: self.chosen("role") }, "This is your seat."),
            "say" => (Act::Say { to: self.chosen("to"), text: text("text") }, "Said."),
            "share" => (Act::Share { fact: text("fact"), to: self.chosen("to") }, "They know it now."),
            "ask" => (Act::Ask { of: text("of") }, "They have answered; see the table."),
            "answer" => (Act::Answer { answers: self.answers() }, "Your answers are kept; nobody sees them."),
            "vote" => {
                let (decision, option) = (text("decision"), text("option"));
                (Act::Vote { decision, option }, "Your vote is in; nobody sees it.")
            }
            "decide" => (self.decide(), "It stands in the log."),
            "dissent" => {
                let (decision, text) = (text("decision"), text("text"));
                (Act::Dissent { decision, text }, "Your dissent stands beside the decision.")
            }
            "hand-off" => (
                Act::HandOff { to: text("to"), sbar: self.sbar() },
                "Handed over. The loop is closed when it is read back and you say that it is right.",
            ),
            "read-back" => {
                (Act::ReadBack { number: self.number("number"), text: text("text") }, "Read back.")
            }
            "confirm" => {
                let (number, right) = (self.number("number"), self.says_yes("right"));
                (
                    Act::Confirm { number, right },
                    if right { "The loop is closed." } else { "They read back anew." },
                )
            }
            "hot-wash" => (Act::HotWash { well: text("well"), change: text("change") }, "Written down."),
            "improve" => (
                Act::Improve {
                    issue: text("issue"),
                    action: text("action"),
                    capability: text("capability"),
                    owner: text("owner"),
                    due: text("due"),
                },
                "It stands in the plan.",
            ),
            _ => return self.console(),
        })
    }

    fn console(&self) -> Option<(Act, &'static str)> {
        let text = |name: &str| self.text(name);
        Some(match text("do").as_str() {
            "take-over" => (Act::TakeOver, "You have the console."),
            "hand-over" => (Act::HandOver { to: text("who") }, "They have the console."),
            "move" => (Act::Move { who: text("who"), role: self.chosen("role") }, "Moved."),
            "cover" => {
                let covered = self.says_yes("covered");
                let said =
                    if covered { "A scripted colleague covers it." } else { "Nobody covers it any more." };
                (Act::Cover { role: text("role"), covered }, said)
            }
            "next" => (Act::Next { after: Some(text("after")) }, "On to the next phase."),
            "rewind" => (Act::Rewind { phase: text("phase") }, "Back to where that phase began."),
            "pause" => {
                let paused = self.says_yes("paused");
                (Act::Pause { paused }, if paused { "The clock stands." } else { "The clock runs." })
            }
            "pass" => {
                let minutes = self.number("minutes").and_then(|minutes| u32::try_from(minutes).ok());
                (Act::Pass { minutes: minutes.unwrap_or_default() }, "Time has passed.")
            }
            "inject" => (Act::Inject { inject: text("inject") }, "It has come."),
            "reveal" => (Act::Reveal { decision: text("decision") }, "The ballot is open."),
            "nudge" => (Act::Nudge { to: self.chosen("to"), text: text("text") }, "Nudged."),
            "note" => (Act::Note { text: text("text") }, "Noted; only you read it."),
            "end" => (Act::End, "The workshop is over."),
            _ => return None,
        })
    }

    fn answers(&self) -> BTreeMap<String, usize> {
        let answer = |(name, value): &(String, String)| {
            Some((name.strip_prefix(ANSWER)?.to_owned(), value.parse().ok()?))
        };
        self.0.iter().filter_map(answer).collect()
    }

    fn decide(&self) -> Act {
        let numbers = self.text("journal");
        let numbers = numbers.split(|c: char| !c.is_ascii_digit());
        Act::Decide {
            decision: self.text("decision"),
            option: self.text("option"),
            because: self.text("because"),
            evidence: self.all("evidence"),
            journal: numbers.filter_map(|number| number.parse().ok()).collect(),
            owner: self.text("owner"),
            review: self.text("review"),
        }
    }

    fn sbar(&self) -> Sbar {
        let [situation, background, assessment, recommendation] =
            ["situation", "background", "assessment", "recommendation"].map(|name| self.text(name));
        Sbar { situation, background, assessment, recommendation }
    }
}
