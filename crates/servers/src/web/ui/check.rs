//! One check of a lab: what it asks, and what was seen.

use maud::{Markup, PreEscaped, html};
use serde::Serialize;

/// What was expected and what was seen instead, so that a reader learns why.
#[derive(Debug, Clone, Copy, Default)]
pub struct Finding<'a> {
    /// What the check wanted to see.
    pub expected: &'a str,
    /// What it saw.
    pub observed: &'a str,
    /// Where it looked: words, and an address that leads there if there is one.
    pub place: Option<(&'a str, Option<&'a str>)>,
    /// A sentence of the lab's author about this very mistake.
    pub say: Option<&'a str>,
}

/// The state of a check.
#[derive(Debug, Clone, Copy)]
pub enum Verdict<'a> {
    /// Nothing to see yet, with a word on progress (`0 of 8`).
    NotYet(Option<&'a str>),
    /// Seen as expected, with a word on what was seen.
    Passed(Option<&'a str>),
    /// Seen otherwise.
    Failed(Finding<'a>),
    /// Something happened that must never happen.
    Tripped(Finding<'a>),
}

/// A check as it is drawn. `id` is unique on the page and made of letters, digits and hyphens.
#[derive(Debug, Clone, Copy)]
pub struct Check<'a> {
    /// The check's id in the lab.
    pub id: &'a str,
    /// What must be true.
    pub title: &'a str,
    /// Whether it counts beyond the lab's own aim.
    pub bonus: bool,
    /// What is known about it.
    pub verdict: Verdict<'a>,
}

/// The parts of a row that change with the verdict, as `live-checks` swaps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckCells {
    /// The check's id.
    pub id: String,
    /// `open`, `passed`, `failed` or `tripped`.
    pub state: &'static str,
    /// The sign's SVG.
    pub sign: String,
    /// The state in a word.
    pub word: String,
    /// What was seen.
    pub detail: String,
}

/// One row: sign, title, word, and below them what was seen.
#[must_use]
pub fn check_row(check: &Check<'_>) -> Markup {
    let CheckCells { state, sign, word, detail, .. } = check_cells(check);
    html! {
        li.check id={ "check-" (check.id) } data-state=(state) {
            span.check-sign { (PreEscaped(sign)) }
            span { (check.title) @if check.bonus { " " span.tag { "bonus" } } }
            span.check-word { (word) }
            div.check-detail { (PreEscaped(detail)) }
        }
    }
}

/// The changing parts of the row for `check`: the same markup that [`check_row`] draws.
#[must_use]
pub fn check_cells(check: &Check<'_>) -> CheckCells {
    let (state, word, sign, detail) = match &check.verdict {
        Verdict::NotYet(note) => {
            ("open", "not yet", sign_open(), html! { @if let Some(note) = note { (note) } })
        }
        Verdict::Passed(note) => {
            ("passed", "passed", sign_passed(), html! { @if let Some(note) = note { (note) } })
        }
        Verdict::Failed(seen) => ("failed", "failed", sign_failed(), finding(seen, "finding")),
        Verdict::Tripped(seen) => {
            ("tripped", "safety trap", sign_tripped(), finding(seen, "finding finding-tripped"))
        }
    };
    CheckCells {
        id: check.id.to_owned(),
        state,
        sign: sign.into_string(),
        word: word.to_owned(),
        detail: detail.into_string(),
    }
}

fn finding(seen: &Finding<'_>, class: &str) -> Markup {
    html! {
        div class=(class) {
            @if let Some(say) = seen.say { p { (say) } }
            dl {
                dt { "expected" } dd { (seen.expected) }
                dt { "observed" } dd { (seen.observed) }
                @if let Some((words, href)) = seen.place {
                    dt { "where" }
                    dd { @if let Some(href) = href { a href=(href) { (words) } } @else { (words) } }
                }
            }
        }
    }
}

// Four shapes that differ without colour: ring, disc with tick, square with cross, triangle with bang.
fn sign_open() -> Markup {
    sign(&html! { circle.sign-open cx="8" cy="8" r="6.2" {} })
}

fn sign_passed() -> Markup {
    sign(&html! { circle.sign-field cx="8" cy="8" r="7" {} path.sign-mark d="M4.8 8.3 7 10.5l4.2-5" {} })
}

fn sign_failed() -> Markup {
    sign(
        &html! { rect.sign-field x="1.2" y="1.2" width="13.6" height="13.6" rx="3" {} path.sign-mark d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" {} },
    )
}

fn sign_tripped() -> Markup {
    sign(
        &html! { path.sign-field d="M8 .8 15.6 14a.8.8 0 0 1-.7 1.2H1.1A.8.8 0 0 1 .4 14z" {} path.sign-mark d="M8 5.4v4M8 12.2v.1" {} },
    )
}

fn sign(shape: &Markup) -> Markup {
    html! { svg viewBox="0 0 16 16" aria-hidden="true" focusable="false" { (shape) } }
}
