//! Forms that change something.

use maud::{Markup, html};

use super::notice::notice;
use super::tone::Tone;

/// The hidden field that proves a form is ours.
#[must_use]
pub fn csrf_field(token: &str) -> Markup {
    html! { input type="hidden" name="csrf" value=(token); }
}

/// A form that posts to `action`, with our token in it.
#[must_use]
pub fn post_form(action: &str, csrf: &str, body: &Markup) -> Markup {
    html! { form.form method="post" action=(action) { (csrf_field(csrf)) (body) } }
}

/// Stands above a form that was not accepted and names its problems, each a link to its field.
///
/// `problems` are pairs of a field's id and what is wrong with it. Nothing is drawn when there are none.
#[must_use]
pub fn form_problems(problems: &[(&str, &str)]) -> Markup {
    if problems.is_empty() {
        return html! {};
    }
    let title =
        if problems.len() == 1 { "One thing needs another look" } else { "Some things need another look" };
    let list =
        html! { ul { @for (field, problem) in problems { li { a href={ "#" (field) } { (problem) } } } } };
    html! { div role="alert" { (notice(Tone::Bad, Some(title), &list)) } }
}
