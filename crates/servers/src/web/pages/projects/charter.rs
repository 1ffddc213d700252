use maud::{Markup, html};
use platform::projects::Charter;

use super::drawn::Drawn;
use crate::web::pages::words::at;
use crate::web::ui::{Field, Icon, Look, Takes, Tone, empty, markdown_compact, submit, tag_with};

/// The parts of a charter: field, name, and what helps to write it.
const PARTS: [(&str, &str, &str); 4] = [
    (
        "purpose",
        "Purpose",
        "What it is all for, for whom, what is in and what is not, and how you will know.",
    ),
    ("roles", "Roles", "Who answers for what, and who reads it second."),
    (
        "agreement",
        "Working agreement",
        "When you meet, how you decide, and what you do when somebody is late or stuck.",
    ),
    ("risks", "Risks", "What may go wrong, how you would notice, and what you do about it before."),
];

impl Drawn<'_> {
    pub(super) fn charter_tag(&self) -> Markup {
        match &self.view.run.charter {
            Some(charter) if charter.is_signed_by_all(&self.view.run.members) => {
                tag_with(Tone::Good, Icon::Check, "signed by all")
            }
            Some(charter) => {
                let words =
                    format!("{} of {} have signed", charter.signed.len(), self.view.run.members.len());
                tag_with(Tone::Warn, Icon::Clock, &words)
            }
            None => html! {},
        }
    }

    pub(super) fn charter(&self) -> Markup {
        let charter = self.view.run.charter.as_ref();
        html! {
            @match charter {
                None => { (empty(Icon::Note, "Not written yet", "Agree on what it is for and how you work. Until all have signed it, nothing is handed in.", &html! {})) }
                Some(charter) => { (self.written(charter)) }
            }
            @if self.works() {
                details open[charter.is_none()] {
                    summary { @if charter.is_some() { "Change the charter" } @else { "Write the charter" } }
                    (self.charter_form(charter))
                }
            }
        }
    }

    fn written(&self, charter: &Charter) -> Markup {
        let texts = texts(charter);
        html! {
            @for ((_, name, _), text) in PARTS.iter().zip(texts) { section { h3 { (name) } (markdown_compact(text)) } }
            p.small.quiet { "Version " (charter.version) ", written by " (self.view.name(&charter.by)) " on " (at(charter.at_us)) " UTC" }
            ul.pj-signed role="list" {
                @for member in &self.view.members {
                    li {
                        @if charter.signed.contains(&member.id) { (tag_with(Tone::Good, Icon::Check, &format!("{} has signed", member.name))) }
                        @else { (tag_with(Tone::Neutral, Icon::Clock, &format!("{} has not signed", member.name))) }
                    }
                }
            }
            @if self.works() && !charter.signed.contains(&self.view.me) {
                (self.form("sign", "#charter", &html! {
                    input type="hidden" name="version" value=(charter.version);
                    div.form-actions { (submit("Sign it", Look::Primary)) }
                }))
            }
        }
    }

    fn charter_form(&self, charter: Option<&Charter>) -> Markup {
        let values = charter.map_or([""; 4], texts);
        self.form("charter", "#charter", &html! {
            @for ((name, label, hint), value) in PARTS.iter().zip(values) {
                (Field::new(name, label).takes(Takes::Block).hint(hint).value(value).required())
            }
            @if charter.is_some() { p.small.quiet { "A charter that is changed is signed anew by everybody." } }
            div.form-actions { (submit("Keep the charter", Look::Plain)) }
        })
    }
}

fn texts(charter: &Charter) -> [&str; 4] {
    [&charter.purpose, &charter.roles, &charter.agreement, &charter.risks]
}
