//! Text as machines write it.

use maud::{Markup, html};

use super::icon::Icon;

/// A block of `text` with a head that names it and copies it. `id` is unique on the page.
#[must_use]
pub fn code_block(id: &str, name: &str, text: &str) -> Markup {
    html! { div.code { (head(id, name)) pre tabindex="0" aria-label=(name) role="region" { code id=(id) { (text) } } } }
}

/// The same for JSON, laid out and coloured where scripts run; the characters of every value stay as they are.
#[must_use]
pub fn json_block(id: &str, name: &str, json: &str) -> Markup {
    html! { div.code { (head(id, name)) json-view { pre tabindex="0" aria-label=(name) role="region" { code id=(id) { (json) } } } } }
}

/// A button that copies the text of the element called `id`.
#[must_use]
pub fn copy_button(id: &str) -> Markup {
    html! { copy-button for=(id) { button.button.button-quiet.button-small type="button" { (Icon::Copy) span data-label { "Copy" } } } }
}

fn head(id: &str, name: &str) -> Markup {
    html! { div.code-head { span { (name) } (copy_button(id)) } }
}
