//! The page's voice: one place where changes are read out, one where they are shown.

use maud::{Markup, html};

/// The polite region that islands and `HX-Trigger: {"announce": …}` speak through, and the list that holds toasts.
#[must_use]
pub fn live_regions() -> Markup {
    html! {
        div #announcer.visually-hidden role="status" aria-live="polite" aria-atomic="true" {}
        section aria-label="Messages" { ol #toasts.toasts {} }
    }
}
