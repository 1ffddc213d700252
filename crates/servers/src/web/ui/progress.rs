//! How far along something is, and numbers worth a glance.

use maud::{Markup, html};

/// A bar with its name and its count in words: `3 of 5`.
#[must_use]
pub fn progress(id: &str, label: &str, done: usize, of: usize) -> Markup {
    html! {
        div.progress {
            label for=(id) { (label) }
            output for=(id) { (done) " of " (of) }
            progress id=(id) value=(done) max=(of.max(1)) data-done[done >= of && of > 0] { (done) " of " (of) }
        }
    }
}

/// A few numbers side by side: what is counted, how many, and a small note.
#[must_use]
pub fn figures(figures: &[(&str, &str, Option<&str>)]) -> Markup {
    html! {
        dl.figures {
            @for (name, number, note) in figures {
                div { dt { (name) } dd { (number) @if let Some(note) = note { small { (note) } } } }
            }
        }
    }
}
