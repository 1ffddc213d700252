//! What happened, newest first.

use maud::{Markup, html};

use super::{moment::moment, tone::Tone};

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event<'a> {
    /// When, for machines.
    pub iso: &'a str,
    /// When, in words.
    pub when: &'a str,
    /// What it means.
    pub tone: Tone,
    /// What it was.
    pub title: Markup,
    /// More about it; may be empty.
    pub detail: Markup,
}

/// A timeline of `events` in the order given.
#[must_use]
pub fn timeline(label: &str, events: &[Event<'_>]) -> Markup {
    html! {
        ol.timeline role="list" aria-label=(label) {
            @for event in events {
                li class={ "timeline-" (event.tone.word()) } {
                    (moment(event.iso, event.when))
                    span.node aria-hidden="true" {}
                    div { p.event { (event.title) } (event.detail) }
                }
            }
        }
    }
}
