use maud::{Markup, html};
use platform::ehr::chart::{Evaluated, Found, PathAnswer, PathProblem, PathProblemKind};
use serde_json::Value;

use crate::web::ui::{Icon, Tone, tag, tag_with};

/// Items shown; of more, their number is told.
const SHOWN_MAX: usize = 200;

/// What an expression yields, or what is wrong with it; a word where nothing was asked yet.
pub(super) fn result(expression: &str, evaluated: Option<&Evaluated>) -> Markup {
    match evaluated {
        None => html! { p.quiet { "Type an expression, or take one of the examples." } },
        Some(Err(problem)) => mistake(expression, problem),
        Some(Ok(answers)) => html! {
            div data-expression=(expression) { @for answer in answers { (answered(answer)) } }
        },
    }
}

/// JSON that cannot be read.
pub(super) fn unreadable(why: &str) -> Markup {
    html! { p.path-problem { (Icon::Alert) span { "The JSON cannot be read: " (why) "." } } }
}

fn answered(answer: &PathAnswer) -> Markup {
    html! {
        p.row { (counted(answer.items.len())) }
        (listed(&answer.items))
        @for trace in &answer.traces {
            h3 { "Trace " code { (trace.name) } }
            (listed(&trace.items))
        }
    }
}

fn counted(count: usize) -> Markup {
    match count {
        0 => {
            html! { (tag(Tone::Neutral, "empty")) span.quiet { "The expression is right and finds nothing." } }
        }
        1 => tag_with(Tone::Good, Icon::Check, "1 item"),
        more => tag_with(Tone::Good, Icon::Check, &format!("{more} items")),
    }
}

fn listed(items: &[Found]) -> Markup {
    html! {
        @if !items.is_empty() { ol.path-items { @for item in items.iter().take(SHOWN_MAX) { (drawn(item)) } } }
        @if items.len() > SHOWN_MAX { p.quiet { "Only the first " (SHOWN_MAX) " are shown." } }
    }
}

fn drawn(item: &Found) -> Markup {
    html! {
        li {
            div.path-about { span.path-type { (item.type_name) } @if let Some(path) = &item.path { code.path-place { (path) } } }
            @match (&item.value, &item.beside) {
                (Value::String(text), _) => pre.path-value { (text) },
                (Value::Null, Some(beside)) => pre.path-value { "no value, only " (pretty(beside)) },
                (value, _) => pre.path-value { (pretty(value)) },
            }
        }
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The line with the mistake, a caret below its place, and the words.
fn mistake(expression: &str, problem: &PathProblem) -> Markup {
    let before: String = expression.chars().take(problem.at).collect();
    let line = before.matches('\n').count();
    let column = before.chars().rev().take_while(|one| *one != '\n').count();
    let text = expression.lines().nth(line).unwrap_or_default();
    let limit = if problem.kind == PathProblemKind::Limit { "This is over the limit of " } else { "" };
    html! {
        p.path-problem { (Icon::Alert) span { (limit) (problem.reason) } }
        pre.path-caret { (text) "\n" span aria-hidden="true" { (" ".repeat(column)) "^" } }
        p.quiet { "Line " (line + 1) ", character " (column + 1) "." }
    }
}
