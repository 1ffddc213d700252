//! How somebody stands in a lab, and the buttons that lead on from there.

use maud::{Markup, html};
use platform::labs::{LabCell, LabState};

use super::words::percent;
use crate::web::ui::{Icon, Look, Tone, post_form, submit, tag, tag_with};

/// Whether an attempt is under way.
pub(super) fn is_open(cell: &LabCell) -> bool {
    matches!(cell.state, LabState::InProgress | LabState::Stuck)
}

/// The state in a word or a count.
pub(super) fn standing_tag(cell: &LabCell) -> Markup {
    match cell.state {
        LabState::NotStarted => tag(Tone::Neutral, "not started"),
        LabState::InProgress => {
            tag_with(Tone::Accent, Icon::Clock, &format!("in progress, {} of {}", cell.green, cell.musts))
        }
        LabState::Stuck => {
            tag_with(Tone::Warn, Icon::Alert, &format!("stuck, {} of {}", cell.green, cell.musts))
        }
        LabState::Finished => {
            tag_with(Tone::Good, Icon::Check, &format!("finished, {}", percent(cell.score)))
        }
    }
}

/// The button that starts a lab, or goes on with it.
pub(super) fn start_button(lab: &str, words: &str, look: Look, csrf: &str) -> Markup {
    let body = html! { div { (submit(words, look)) } };
    html! { (post_form(&format!("/labs/{lab}/start"), csrf, &body)) }
}
