//! The moments of a drill that one goes to afterwards: what came, what was decided and done, what must not have been.

use std::collections::BTreeMap;

use maud::{Markup, html};
use platform::drills::DrillView;

use crate::web::ui::{Tone, tag};

/// A moment.
pub(super) struct Moment {
    /// So many seconds after the drill began.
    pub(super) second: u32,
    /// The kind of event, as in the journal.
    pub(super) kind: String,
    minute: i64,
    title: String,
    who: String,
}

/// How a kind of event is told: tone and word.
pub(super) fn told_as(kind: &str) -> (Tone, &'static str) {
    match kind {
        "injected" => (Tone::Warn, "it came"),
        "given" => (Tone::Accent, "decided"),
        "done" => (Tone::Info, "done"),
        "refused" => (Tone::Neutral, "refused"),
        "breached" => (Tone::Bad, "must not be"),
        "met" => (Tone::Good, "reached"),
        _ => (Tone::Neutral, "drill"),
    }
}

/// All of them, in order.
pub(super) fn moments(view: &DrillView) -> Vec<Moment> {
    let begun_us = view.run.begun_us;
    // What happened within a second has happened when it is over.
    let second = |at_us: i64| u32::try_from((at_us - begun_us + 999_999) / 1_000_000).unwrap_or(0);
    let at: BTreeMap<u64, u32> = view.events.iter().map(|event| (event.seq, second(event.at_us))).collect();
    let rows = view.after_action().timeline.into_iter().filter(|row| row.kind != "refused");
    rows.map(|row| Moment {
        second: at.get(&row.seq).copied().unwrap_or(0),
        kind: row.kind,
        minute: row.minute,
        title: row.title,
        who: row.who,
    })
    .collect()
}

/// A list of links, each to how it was then; the last that has come is marked.
pub(super) fn marks(address: &str, all: &[Moment], second: u32) -> Markup {
    let last = all.iter().rposition(|one| one.second <= second);
    html! {
        ol.replay-moments data-part="moments" {
            @for (place, one) in all.iter().enumerate() {
                @let (tone, word) = told_as(&one.kind);
                li {
                    a href={ (address) "?second=" (one.second) } data-second=(one.second) aria-current=[(last == Some(place)).then_some("step")] {
                        span.replay-minute { "min " (one.minute) } " "
                        span { (tag(tone, word)) " " strong { (one.title) } @if !one.who.is_empty() { span.quiet { " · " (one.who) } } }
                    }
                }
            }
        }
    }
}
