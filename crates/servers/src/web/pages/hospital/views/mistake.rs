use maud::{Markup, html};
use platform::views::{Remark, ViewProblem};
use serde_json::Value;

use crate::web::ui::{Icon, Tone, notice};

/// JSON that cannot be read, with its line and a caret below the place.
pub(super) fn not_json(text: &str, line: usize, column: usize, reason: &str) -> Markup {
    let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    html! {
        p.path-problem { (Icon::Alert) span { "This is not JSON yet: " (reason) "." } }
        (caret(shown, column.saturating_sub(1)))
        p.quiet { "Line " (line) ", character " (column) "." }
    }
}

/// What is wrong with a view, each at its place.
pub(super) fn mistakes(text: &str, problems: &[ViewProblem]) -> Markup {
    let view = serde_json::from_str(text).unwrap_or_default();
    html! { ul.view-mistakes { @for problem in problems { li {
        p.path-problem { (Icon::Alert) span { (problem.reason) } }
        (place(&view, problem))
    } } } }
}

/// What is odd about a view, where something is.
pub(super) fn remarks(text: &str, remarks: &[Remark]) -> Markup {
    if remarks.is_empty() {
        return html! {};
    }
    let view = serde_json::from_str(text).unwrap_or_default();
    let words = html! { ul.view-mistakes { @for remark in remarks { li { p { (remark.reason) } (place(&view, remark)) } } } };
    notice(Tone::Warn, Some("Is this meant?"), &words)
}

/// The element, and its expression with a caret where the mistake is.
fn place(view: &Value, problem: &ViewProblem) -> Markup {
    let expression = element(view, &problem.at).and_then(Value::as_str);
    html! {
        @if !problem.at.is_empty() { p { code.view-place { (problem.at) } } }
        @if let (Some(expression), Some(character)) = (expression, problem.character) { (caret(expression, character)) }
    }
}

/// The part of a view at a path such as `select[0].column[2].path`.
fn element<'v>(view: &'v Value, at: &str) -> Option<&'v Value> {
    at.split('.').try_fold(view, |value, step| {
        let (name, index) = match step.split_once('[') {
            None => return value.get(step),
            Some((name, rest)) => (name, rest.strip_suffix(']')?.parse::<usize>().ok()?),
        };
        value.get(name)?.get(index)
    })
}

fn caret(line: &str, before: usize) -> Markup {
    html! { pre.path-caret { (line) "\n" span aria-hidden="true" { (" ".repeat(before.min(line.chars().count()))) "^" } } }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::element;

    #[test]
    fn an_element_is_found_by_its_path() {
        let view = json!({"where": [{"path": "a"}], "select": [{"forEach": "b", "repeat": ["c", "d"]}]});
        for (at, found) in [
            ("where[0].path", Some("a")),
            ("select[0].forEach", Some("b")),
            ("select[0].repeat[1]", Some("d")),
            ("select[1].forEach", None),
            ("select[x", None),
            ("", None),
        ] {
            assert_eq!(element(&view, at).and_then(|value| value.as_str()), found, "{at}");
        }
    }
}
