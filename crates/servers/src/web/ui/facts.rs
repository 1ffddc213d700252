//! Names and values.

use maud::{Markup, html};

/// A list of facts: what, and its value.
#[must_use]
pub fn facts(facts: &[(&str, Markup)]) -> Markup {
    html! { dl.facts { @for (name, value) in facts { div { dt { (name) } dd { (value) } } } } }
}

/// A value that may be missing; a dash that is read as "not recorded" stands for none.
#[must_use]
pub fn or_none(value: Option<&str>) -> Markup {
    html! { @if let Some(value) = value { (value) } @else { span.quiet { span aria-hidden="true" { "–" } span.visually-hidden { "not recorded" } } } }
}
