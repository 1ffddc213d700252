use maud::{Markup, html};
use platform::lake::{Cell, Column, Kind, Row};

use super::answer::number;
use crate::web::ui::{Mark, Tone, bars, line, notice};

/// Marks of a chart; more could not be told apart.
const MARKS_MAX: usize = 100;

/// The chart of an answer: its first column names the marks, and the first column of numbers after it measures them.
pub(super) fn chart(wanted: &str, columns: &[Column], rows: &[Row]) -> Markup {
    if wanted != "bars" && wanted != "line" {
        return html! {};
    }
    let is_number = |column: &Column| matches!(column.kind, Kind::Integer | Kind::Number);
    let Some(at) = columns.iter().skip(1).position(is_number).map(|at| at + 1) else {
        let why =
            "A chart needs a first column that names, and a column of numbers after it. Here is the table.";
        return notice(Tone::Info, None, &html! { p { (why) } });
    };
    let marks: Vec<(String, f64, String)> = rows
        .iter()
        .take(MARKS_MAX)
        .filter_map(|row| Some((name(row.first()?), number(row, at)?, row.get(at)?.to_text())))
        .collect();
    let marks: Vec<Mark<'_>> =
        marks.iter().map(|(label, value, shown)| Mark { label, value: *value, shown }).collect();
    let caption = format!("{} by {}", columns[at].name, columns[0].name);
    html! {
        @if wanted == "line" { (line(&caption, &marks)) } @else { (bars(&caption, &marks)) }
        @if rows.len() > MARKS_MAX { p.quiet { "The first " (MARKS_MAX) " rows are drawn." } }
    }
}

fn name(cell: &Cell) -> String {
    match cell {
        Cell::Null => "none".to_owned(),
        other => other.to_text(),
    }
}
