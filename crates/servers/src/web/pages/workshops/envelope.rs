use maud::{Markup, html};
use platform::workshops::FactSeen;

use super::drawn::Drawn;
use crate::web::ui::Choice;
use crate::web::ui::{Icon, Look, Select, Tone, radios, submit, tag, tag_with};

impl Drawn<'_> {
    /// What the reader's role alone knows, and what others told it alone.
    pub(super) fn envelope(&self) -> Markup {
        let seen = &self.view.seen;
        if seen.role.is_none() {
            return html! { p.quiet { "You have no role, so there is no envelope for you. You see what is open to everybody." } };
        }
        let Some(brief) = &seen.brief else {
            return html! { p.quiet { "It is opened when the workshop begins." } };
        };
        html! {
            p { (brief) }
            p.small.quiet { (Icon::Lock) " Only you read this. What you put on the table, everybody knows." }
            ul.plain.stack role="list" { @for fact in &seen.envelope { li.ws-fact { (self.own_fact(fact)) } } }
            @if !seen.told.is_empty() {
                h3 { "Told to you alone" }
                ul.plain.stack role="list" { @for fact in &seen.told { li.ws-fact { p { (fact.says) } p.small.quiet { "From the " (fact.of) " · " (fact.source) } } } }
            }
        }
    }

    fn own_fact(&self, fact: &FactSeen) -> Markup {
        let about = fact.source.as_str();
        html! {
            p { (fact.says) }
            p.small.quiet { (fact.source) @if !fact.told_to.is_empty() { " · told to the " (fact.told_to.join(", the ")) } }
            @if fact.on_table { (tag_with(Tone::Good, Icon::Check, "on the table")) }
            @else if self.is_on() {
                div.row {
                    (self.button("share", "Put on the table", about, Look::Plain, &[("fact", &fact.id)]))
                    details {
                        summary { "Tell one role alone" span.visually-hidden { ": " (about) } }
                        (self.form("share", &html! {
                            input type="hidden" name="fact" value=(fact.id);
                            (Select::new("to", "To", &self.addressees(None)).id(&format!("tell-{}", fact.id)))
                            div.form-actions { (submit("Tell them", Look::Plain)) }
                        }))
                    }
                }
            }
        }
    }

    /// The situation questions, while they are asked.
    pub(super) fn questions(&self) -> Markup {
        let seen = &self.view.seen;
        let Some(asked) = &seen.questions else {
            return html! { p.quiet { "They are asked three times: before play, in its middle, at its end. Not now." } };
        };
        let title = ["before play", "in the middle of play", "at the end of play"][asked.moment as usize];
        let body = html! {
            p { "As things stand now, " (title) ". By yourself; nobody else sees what you answer." }
            @for question in &asked.questions {
                @let numbers: Vec<String> = (1..=question.answers.len()).map(|number| number.to_string()).collect();
                @let choices: Vec<Choice<'_>> = numbers.iter().zip(&question.answers).map(|(number, answer)| Choice::new(number, answer)).collect();
                @let chosen = asked.mine.get(&question.id).map(usize::to_string).unwrap_or_default();
                (radios(&format!("answer-{}", question.id), &question.asks, &choices, &chosen))
            }
            div.form-actions {
                (submit(if asked.mine.is_empty() { "Answer" } else { "Answer anew" }, Look::Primary))
                @if !asked.mine.is_empty() { (tag(Tone::Good, &format!("{} answered", asked.mine.len()))) }
            }
        };
        self.form("answer", &body)
    }

    /// What everybody knows.
    pub(super) fn table(&self) -> Markup {
        let table = &self.view.seen.table;
        html! {
            @if table.is_empty() { p.quiet { "Nothing is on the table yet." } }
            ol.plain.stack.stack-tight role="list" { @for fact in table { li.ws-fact { p { (fact.says) } p.small.quiet { "From the " (fact.of) " · " (fact.source) } } } }
        }
    }
}
