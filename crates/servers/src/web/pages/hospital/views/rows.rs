use maud::{Markup, html};
use platform::views::{Column, Table, Tried};
use serde_json::Value;

use super::mistake::{mistakes, not_json, remarks};
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::words::counted;
use crate::web::ui::{Icon, Look, Tone, csrf_field, empty, submit, tag, tag_with};

/// Rows shown while one types; the export has all.
pub(super) const ROWS_SHOWN: usize = 50;

/// Letters of a cell that are shown.
const CELL_SHOWN: usize = 120;

/// What became of a view.
pub(super) fn outcome(inside: &Inside, text: &str, tried: &Tried) -> Markup {
    match tried {
        Tried::NotJson { line, column, reason } => not_json(text, *line, *column, reason),
        Tried::Wrong(problems) => mistakes(text, problems),
        Tried::Table(found) => html! {
            div.view-head {
                p.row { (how_many(found)) span.quiet { "of " (found.resource) } }
                form method="post" action=(inside.to("views/export")) {
                    (csrf_field(&inside.visitor.csrf))
                    input type="hidden" name="text" value=(text);
                    (submit("Export CSV", Look::Plain))
                }
            }
            (remarks(text, &found.remarks))
            (table(found))
        },
    }
}

fn how_many(found: &Table) -> Markup {
    match (found.more, found.rows.len()) {
        (true, shown) => tag_with(Tone::Good, Icon::Check, &format!("first {shown} rows")),
        (false, 0) => tag(Tone::Neutral, "no rows"),
        (false, rows) => tag_with(Tone::Good, Icon::Check, &counted(rows, "row", "rows")),
    }
}

fn table(found: &Table) -> Markup {
    if found.rows.is_empty() {
        let why =
            "The view is right, and no resource of this hospital has a row in it. Look at where and forEach.";
        return empty(Icon::Search, "No rows", why, &html! {});
    }
    html! {
        div.table-scroll role="region" aria-label="Rows of the view" tabindex="0" {
            table.table.view-table {
                caption.visually-hidden { "Rows of the view" }
                thead { tr { @for column in &found.columns { (head(column)) } } }
                tbody { @for row in &found.rows { tr { @for value in row { (cell(value)) } } } }
            }
        }
    }
}

fn head(column: &Column) -> Markup {
    let kind = column.type_name.as_deref().unwrap_or("no type");
    html! {
        th scope="col" title=[column.description.as_deref()] {
            (column.name) span.view-type { (kind) @if column.collection { ", list" } }
        }
    }
}

fn cell(value: &Value) -> Markup {
    match value {
        Value::Null => html! { td.view-null { "null" } },
        Value::Number(number) => html! { td.number { (number) } },
        Value::String(text) if text.chars().count() > CELL_SHOWN => {
            let begin: String = text.chars().take(CELL_SHOWN).collect();
            html! { td { (begin) "…" } }
        }
        Value::String(text) => html! { td { (text) } },
        Value::Array(values) if values.is_empty() => html! { td.view-null { "[ ]" } },
        other => html! { td { code { (other) } } },
    }
}
