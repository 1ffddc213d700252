//! Pages of a long list.

use maud::{Markup, html};

use super::button::{Look, link_button};

/// Where the reader is in a list.
#[derive(Debug, Clone, Copy)]
pub struct Pages<'a> {
    /// What is listed, in the plural.
    pub what: &'a str,
    /// The number of the first one shown, counted from 1.
    pub first: usize,
    /// The number of the last one shown.
    pub last: usize,
    /// How many there are.
    pub total: usize,
    /// The page before.
    pub previous: Option<&'a str>,
    /// The page after.
    pub next: Option<&'a str>,
}

/// Which part of the list this is, and the ways on and back.
#[must_use]
pub fn pagination(pages: &Pages<'_>) -> Markup {
    html! {
        nav.pagination aria-label={ "Pages of " (pages.what) } {
            span { (grouped(pages.first)) "–" (grouped(pages.last)) " of " (grouped(pages.total)) " " (pages.what) }
            span.row {
                @if let Some(href) = pages.previous { (link_button("Previous", href, Look::Plain)) }
                @if let Some(href) = pages.next { (link_button("Next", href, Look::Plain)) }
            }
        }
    }
}

/// A number with its thousands set apart: `12,480`.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
