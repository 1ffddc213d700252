//! A moment in time.

use maud::{Markup, html};

/// A moment: `iso` for machines, `words` for people.
#[must_use]
pub fn moment(iso: &str, words: &str) -> Markup {
    html! { time datetime=(iso) { (words) } }
}

/// A moment of real time, told as seen from now ("4 minutes ago") where scripts run. Never for the hospital's own time.
#[must_use]
pub fn ago(iso: &str, words: &str) -> Markup {
    html! { relative-time { (moment(iso, words)) } }
}
