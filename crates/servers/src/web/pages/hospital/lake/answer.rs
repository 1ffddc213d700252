use maud::{Markup, html};
use platform::lake::{Answer, Body, Cell, Kind, LakeError, Row, Told, Trouble};

use super::cell::Outcome;
use super::drawn::chart;
use crate::web::pages::words::counted;
use crate::web::ui::{Icon, Tone, empty, failure, notice, tag, tag_with};

/// Rows shown in the page.
const ROWS_SHOWN: usize = 200;
/// Letters of a cell that are shown.
const CELL_SHOWN: usize = 120;

/// What became of a question.
pub(super) fn answer(sql: &str, wanted: &str, outcome: &Outcome) -> Markup {
    match outcome {
        Ok(told) => rows(told, wanted),
        Err(LakeError::Trouble(trouble)) => trouble_at(sql, trouble),
        Err(error) => failure("There is no answer", &sentence(&error.to_string()), &html! {}),
    }
}

/// Why there is no answer, with a caret below the place where that is known.
fn trouble_at(sql: &str, trouble: &Trouble) -> Markup {
    let place = trouble.place.and_then(|(line, column)| {
        let shown = sql.lines().nth(usize::try_from(line).ok()?.checked_sub(1)?)?;
        Some((shown, usize::try_from(column).ok()?.saturating_sub(1), line, column))
    });
    html! {
        div role="alert" {
            p.path-problem { (Icon::Alert) span { (sentence(&trouble.what)) } }
            @if let Some((shown, before, line, column)) = place {
                pre.path-caret { (shown) "\n" span aria-hidden="true" { (" ".repeat(before.min(shown.chars().count()))) "^" } }
                p.quiet { "Line " (line) ", character " (column) "." }
            }
            p.quiet { (sentence(&trouble.remedy)) }
        }
    }
}

/// A fragment as a sentence.
fn sentence(fragment: &str) -> String {
    let mut letters = fragment.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

fn rows(told: &Told, wanted: &str) -> Markup {
    let Answer { columns, body, more, .. } = &told.answer;
    let Body::Cells(rows) = body else { return html! {} };
    html! {
        div.view-head {
            p.row { (how_many(rows.len(), *more)) span.quiet { "of snapshot " (told.snapshot) ", as " (told.right.role()) " for " (told.right.purpose) } }
        }
        @if let Some(note) = told.note() { (notice(Tone::Info, None, &html! { p { (note) } })) }
        @if rows.is_empty() {
            (empty(Icon::Search, "No rows", "The question is right, and nothing that you may see answers it. Look at WHERE and the joins.", &html! {}))
        } @else {
            (chart(wanted, columns, rows))
            div.table-scroll role="region" aria-label="Answer" tabindex="0" {
                table.table.view-table {
                    caption.visually-hidden { "Answer" }
                    thead { tr { @for column in columns {
                        th scope="col" class=[is_number(column.kind).then_some("number")] { (column.name) span.view-type { (column.kind.sql()) } }
                    } } }
                    tbody { @for row in rows.iter().take(ROWS_SHOWN) { tr { @for value in row { (cell(value)) } } } }
                }
            }
            @if rows.len() > ROWS_SHOWN { p.quiet { "The first " (ROWS_SHOWN) " rows are shown." } }
        }
    }
}

fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Number)
}

fn how_many(rows: usize, more: bool) -> Markup {
    match (more, rows) {
        (true, rows) => tag_with(Tone::Warn, Icon::Alert, &format!("the first {rows} rows, of more")),
        (false, 0) => tag(Tone::Neutral, "no rows"),
        (false, rows) => tag_with(Tone::Good, Icon::Check, &counted(rows, "row", "rows")),
    }
}

fn cell(value: &Cell) -> Markup {
    match value {
        Cell::Null => html! { td.view-null { "null" } },
        Cell::Integer(_) | Cell::Number(_) => html! { td.number { (value.to_text()) } },
        other => {
            let text = other.to_text();
            match text.char_indices().nth(CELL_SHOWN) {
                None => html! { td { (text) } },
                Some((end, _)) => html! { td { (text[..end]) "…" } },
            }
        }
    }
}

/// The number in a cell, if there is one.
pub(super) fn number(row: &Row, at: usize) -> Option<f64> {
    match row.get(at)? {
        Cell::Integer(value) => Some(*value as f64),
        Cell::Number(value) if value.is_finite() => Some(*value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use platform::lake::Cause;

    use super::*;

    #[test]
    fn a_mistake_is_shown_with_a_caret_below_its_place() {
        let trouble =
            Trouble { place: Some((2, 3)), ..Trouble::new(Cause::Question, "no such thing", "try another") };
        let shown = trouble_at("SELECT\n  x", &trouble).into_string();
        assert!(shown.contains("  x\n<span aria-hidden=\"true\">  ^</span>"), "{shown}");
        assert!(shown.contains("No such thing.") && shown.contains("Try another."), "{shown}");
        let nowhere = Trouble { place: Some((9, 9)), ..trouble };
        assert!(!trouble_at("SELECT", &nowhere).into_string().contains('^'));
    }
}
