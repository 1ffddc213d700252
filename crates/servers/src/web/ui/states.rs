//! What stands where content is missing: nothing there, not there yet, or something went wrong.

use maud::{Markup, html};

use super::icon::Icon;

/// Nothing here, why, and what to do next (may be empty).
#[must_use]
pub fn empty(icon: Icon, title: &str, why: &str, next: &Markup) -> Markup {
    html! { div.state { (icon) h3 { (title) } p { (why) } (next) } }
}

/// Something is on its way.
#[must_use]
pub fn loading(what: &str) -> Markup {
    html! { div.state.state-inline role="status" { span.spinner aria-hidden="true" {} span { (what) } } }
}

/// Something went wrong: what, where or why, and what to try.
#[must_use]
pub fn failure(title: &str, why: &str, next: &Markup) -> Markup {
    html! { div.state.state-error { (Icon::Alert) h2 { (title) } p { (why) } (next) } }
}
