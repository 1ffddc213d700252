//! The ladder of hints: from a nudge to a worked step.

use maud::{Markup, html};

/// A rung of the ladder.
#[derive(Debug, Clone)]
pub struct Rung<'a> {
    /// `Nudge`, `Pointer`, `Method` or `Worked step`.
    pub name: &'a str,
    /// What it says, once it has been asked for.
    pub text: Option<Markup>,
    /// What asking for it costs, for example `free` or `1 point`.
    pub price: &'a str,
}

/// The hints for one check. `ask` is the form that opens the next rung; empty when all are open.
#[must_use]
pub fn hints(about: &str, rungs: &[Rung<'_>], ask: &Markup) -> Markup {
    html! {
        section.hints aria-label={ "Hints for " (about) } {
            h3 { "Hints: " (about) }
            ol role="list" {
                @for rung in rungs {
                    li data-closed[rung.text.is_none()] {
                        b { (rung.name) }
                        @if let Some(text) = &rung.text { div { (text) } } @else { span { "not opened · " (rung.price) } }
                    }
                }
            }
            (ask)
        }
    }
}
