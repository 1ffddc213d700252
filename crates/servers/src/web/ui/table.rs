//! Rows and columns.

use maud::{Markup, html};

use super::icon::Icon;

/// Which way a column is sorted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Sorted {
    Ascending,
    Descending,
}

/// The head of a column.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    label: &'a str,
    class: Option<&'static str>,
    sort: Option<(&'a str, Option<Sorted>)>,
}

impl<'a> Column<'a> {
    /// A column of text.
    #[must_use]
    pub fn text(label: &'a str) -> Self {
        Self { label, class: None, sort: None }
    }

    /// A column of numbers, aligned at the end.
    #[must_use]
    pub fn number(label: &'a str) -> Self {
        Self { class: Some("number"), ..Self::text(label) }
    }

    /// A column of sentences, which may take several lines; every other column keeps to one.
    #[must_use]
    pub fn wide(label: &'a str) -> Self {
        Self { class: Some("wraps"), ..Self::text(label) }
    }

    /// Makes the head a link that sorts by this column; `now` is how it is sorted at the moment.
    #[must_use]
    pub fn sortable(self, href: &'a str, now: Option<Sorted>) -> Self {
        Self { sort: Some((href, now)), ..self }
    }
}

/// A row: its cells, the first of which names it, and whether it is the one at hand.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// One for each column.
    pub cells: Vec<Markup>,
    /// Whether this row is shown in detail elsewhere on the page.
    pub selected: bool,
}

impl Row {
    /// A row that is not selected.
    #[must_use]
    pub fn new(cells: Vec<Markup>) -> Self {
        Self { cells, selected: false }
    }
}

/// A table under `caption`. Without rows, `empty` stands in its place; see [`states`](super::states).
///
/// Wide tables scroll sideways inside their own frame, which the keyboard can reach.
#[must_use]
pub fn table(caption: &str, columns: &[Column<'_>], rows: &[Row], empty: &Markup) -> Markup {
    if rows.is_empty() {
        return empty.clone();
    }
    html! {
        div.table-scroll role="region" aria-label=(caption) tabindex="0" {
            table.table {
                caption.visually-hidden { (caption) }
                thead { tr { @for column in columns { (head(column)) } } }
                tbody { @for row in rows { (body_row(columns, row)) } }
            }
        }
    }
}

/// A search box over the rows of `table`. It works on what is on the page and sends nothing.
#[must_use]
pub fn filtered(id: &str, label: &str, rows: usize, table: &Markup) -> Markup {
    html! {
        table-filter {
            div.filter-bar {
                label.visually-hidden for=(id) { (label) }
                (Icon::Search)
                input.control id=(id) type="search" placeholder=(label) autocomplete="off";
                output for=(id) { (rows) @if rows == 1 { " row" } @else { " rows" } }
            }
            (table)
        }
    }
}

fn head(column: &Column<'_>) -> Markup {
    let class = column.class;
    let Some((href, now)) = column.sort else {
        return html! { th scope="col" class=[class] { (column.label) } };
    };
    let (sorted, icon) = match now {
        Some(Sorted::Ascending) => ("ascending", Some(Icon::ArrowUp)),
        Some(Sorted::Descending) => ("descending", Some(Icon::ArrowDown)),
        None => ("none", None),
    };
    html! { th scope="col" class=[class] aria-sort=(sorted) { a href=(href) { (column.label) @if let Some(icon) = icon { (icon) } } } }
}

fn body_row(columns: &[Column<'_>], row: &Row) -> Markup {
    html! {
        tr aria-current=[row.selected.then_some("true")] {
            @for (index, (column, cell)) in columns.iter().zip(&row.cells).enumerate() {
                @if index == 0 { th scope="row" class=[column.class] { (cell) } }
                @else { td class=[column.class] { (cell) } }
            }
        }
    }
}
