//! States and levels of a record in words.

use maud::Markup;
use platform::record::{Apprenticed, Line, LineState};

use crate::web::ui::{Icon, Tone, tag, tag_with};

/// How an apprenticeship stands.
pub(super) fn standing_tag(one: &Apprenticed) -> Markup {
    let record = &one.record;
    if record.completed_us.is_some() {
        tag_with(Tone::Good, Icon::Check, "complete")
    } else if record.ended.is_some() {
        tag(Tone::Neutral, "ended")
    } else if record.accepted_us.is_none() {
        tag_with(Tone::Warn, Icon::Clock, "not accepted yet")
    } else {
        tag(Tone::Accent, "under way")
    }
}

/// What became of a line.
pub(super) fn line_tag(line: &Line) -> Markup {
    match &line.state {
        LineState::Open => tag_with(Tone::Accent, Icon::Clock, "waits"),
        LineState::Returned(_) => tag_with(Tone::Warn, Icon::Undo, "given back"),
        LineState::Withdrawn => tag(Tone::Neutral, "taken back"),
        LineState::Signed(_) => tag_with(Tone::Good, Icon::Check, "signed"),
        LineState::Mended(_) => tag(Tone::Neutral, "mended"),
    }
}

/// What a level of entrustment means, from 1.
pub(super) const LEVELS: [&str; 5] = [
    "1, observes",
    "2, with somebody beside them",
    "3, with somebody at hand",
    "4, without supervision",
    "5, supervises others",
];

/// The words of one level.
pub(super) fn level(level: u8) -> &'static str {
    LEVELS.get(usize::from(level).wrapping_sub(1)).copied().unwrap_or("no level")
}
