use maud::{Markup, html};

use super::drawn::Drawn;
use super::marks::{marks_fields, marks_table};
use crate::web::pages::words::date;
use crate::web::ui::{Choice, Field, Look, Select, Takes, submit};

impl Drawn<'_> {
    /// The day, what was asked and answered, and how each of the panel marked it.
    pub(super) fn defence(&self) -> Markup {
        let defence = &self.view.run.defence;
        html! {
            @match &defence.on {
                None => { p.quiet { "The panel has not set a day. You present for five minutes and answer for fifteen." } }
                Some(on) => { p { "On " strong { (date(on)) } ". You present for five minutes and answer for fifteen." } }
            }
            h3 { "What the panel looks for" }
            ul.prose { @for one in &self.view.project.defence { li { (one.says) } } }
            @if !defence.questions.is_empty() {
                h3 { "Asked and answered" }
                dl.pj-asked {
                    @for one in &defence.questions {
                        dt { (one.asked) }
                        dd { (one.answered) p.small.quiet { @match &one.to { Some(to) => { "Answered by " (self.view.name(to)) } None => { "Answered by the team" } } ", written down by " (self.view.name(&one.by)) } }
                    }
                }
            }
            @for (who, marks) in &defence.marks {
                h3 { "Marked by " (self.view.name(who)) }
                (marks_table(&format!("Marks of {}", self.view.name(who)), &self.view.project.defence, marks))
            }
            @if self.rules() { (self.panel_forms()) }
        }
    }

    fn panel_forms(&self) -> Markup {
        let defence = &self.view.run.defence;
        let mut answering = vec![Choice::new("", "All of them")];
        answering.extend(self.view.members.iter().map(|one| Choice::new(&one.id, &one.name)));
        html! {
            details { summary { "Set the day" }
                (self.form("defend", "#defence", &html! {
                    (Field::new("on", "The day").takes(Takes::Date).value(defence.on.as_deref().unwrap_or_default()).required())
                    div.form-actions { (submit("Set it", Look::Plain)) }
                }))
            }
            @if defence.on.is_some() {
                details { summary { "Write down a question and its answer" }
                    (self.form("question", "#defence", &html! {
                        (Field::new("asked", "What was asked").required())
                        (Field::new("answered", "What was answered").takes(Takes::Block).required())
                        (Select::new("to", "Who answered", &answering))
                        div.form-actions { (submit("Write it down", Look::Plain)) }
                    }))
                }
            }
            @if !defence.questions.is_empty() {
                details { summary { "Mark the defence" }
                    (self.form("mark", "#defence", &html! {
                        (marks_fields(&self.view.project.defence, defence.marks.get(&self.view.me)))
                        div.form-actions { (submit("Keep your marks", Look::Plain)) }
                    }))
                }
            }
        }
    }
}
