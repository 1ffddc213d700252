use maud::{Markup, html};
use platform::workshops::Console;

use super::drawn::Drawn;
use crate::web::pages::words::{at, capital};
use crate::web::ui::{Choice, Field, Icon, Look, Select, Tone, submit, tag, tag_with};

impl Drawn<'_> {
    /// What only the facilitator sees and does; nothing for everybody else.
    pub(super) fn console(&self) -> Markup {
        let seen = &self.view.seen;
        let Some(console) = &seen.console else { return html! {} };
        let now = seen.phase.as_ref().map_or("", |phase| phase.id.as_str());
        let is_last = seen.phase.as_ref().is_some_and(|phase| phase.place.0 == phase.place.1);
        html! {
            section.card {
                header.card-head { h2 { "Console" } (tag_with(Tone::Accent, Icon::Lock, "yours alone")) }
                div.card-body.stack {
                    @if !seen.over && !self.view.workshop.cancelled {
                        div.row role="group" aria-label="Phases and time" {
                            @if !is_last { (self.button("next", if now.is_empty() { "Begin" } else { "Next phase" }, "", Look::Primary, &[("after", now)])) }
                            @if self.is_on() {
                                @if seen.phase.as_ref().is_some_and(|phase| phase.plays) {
                                    @if seen.paused { (self.button("pause", "Let the clock run", "", Look::Plain, &[("paused", "no")])) }
                                    @else { (self.button("pause", "Stop the clock", "", Look::Plain, &[("paused", "yes")])) }
                                    @for minutes in ["5", "15"] { (self.button("pass", &format!("{minutes} min later"), "", Look::Plain, &[("minutes", minutes)])) }
                                }
                                (self.button("end", "End the workshop", "", Look::Danger, &[]))
                            }
                        }
                        @if self.is_on() { (self.back(console)) }
                    }
                    @if seen.questions.is_some() || console.answered > 0 { p { (console.answered) " of " (seen.seats.len()) " roles have answered the situation questions." } }
                    (self.held(console))
                    (self.events(console))
                    @if !console.notes.is_empty() {
                        details open { summary { "Your notes" } ul { @for (at_us, text) in &console.notes { li { span.quiet { (at(*at_us)) } " " (text) } } } }
                    }
                    @if !seen.over { details { summary { "Nudge, or note something" } (self.whisper()) } }
                    @if !seen.over { details { summary { "Move people, hand the console over" } (self.moving()) } }
                }
            }
        }
    }

    fn back(&self, console: &Console) -> Markup {
        let reached: Vec<Choice<'_>> = console
            .phases
            .iter()
            .filter(|(.., reached)| *reached)
            .map(|(id, title, _)| Choice::new(id, title))
            .collect();
        html! {
            details { summary { "Step back" }
                (self.form("rewind", &html! {
                    (Select::new("phase", "To the beginning of", &reached).hint("The hospital goes back with you; what was decided since is set aside and stays on record."))
                    div.form-actions { (submit("Step back", Look::Danger)) }
                }))
            }
        }
    }

    fn held(&self, console: &Console) -> Markup {
        let held: Vec<_> = console.held.iter().filter(|one| !one.facts.is_empty()).collect();
        html! {
            details { summary { "Not on the table yet (" (held.iter().map(|one| one.facts.len()).sum::<usize>()) ")" }
                @for one in held { p { strong { (capital(&one.role)) } } ul { @for fact in &one.facts { li { (fact) } } } }
            }
        }
    }

    fn events(&self, console: &Console) -> Markup {
        html! {
            details { summary { "Events (" (console.events.iter().filter(|one| one.came).count()) " of " (console.events.len()) " came)" }
                ul.plain.stack.stack-tight {
                    @for one in &console.events {
                        li {
                            p { strong { (one.title) } " " @if one.came { (tag(Tone::Good, "came")) } @else { (tag(Tone::Neutral, &one.comes)) } }
                            p.small.quiet { "Expected: " (one.expected) }
                            @if !one.came && self.is_on() { (self.button("inject", "Bring it now", &one.title, Look::Plain, &[("inject", &one.id)])) }
                        }
                    }
                }
            }
        }
    }

    fn whisper(&self) -> Markup {
        html! {
            (self.form("nudge", &html! {
                (Field::new("text", "Nudge").id("nudge-text").hint("A question is better than an answer."))
                (Select::new("to", "To", &self.addressees(Some("Everybody"))).id("nudge-to"))
                div.form-actions { (submit("Nudge", Look::Plain)) }
            }))
            (self.form("note", &html! {
                (Field::new("text", "Note for yourself").id("note-text"))
                div.form-actions { (submit("Note it", Look::Plain)) }
            }))
        }
    }
}
