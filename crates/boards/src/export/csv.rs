use crate::contents::Contents;

/// The cards as CSV (RFC 4180).
#[must_use]
pub fn cards_csv(contents: &Contents) -> String {
    let head = ["lane".to_owned(), "card".to_owned()];
    let rows = contents.cards.iter().map(|card| vec![card.lane.title().to_owned(), card.text.clone()]);
    written([head.to_vec()].into_iter().chain(rows))
}

/// The table as CSV (RFC 4180), the names of its columns first.
#[must_use]
pub fn table_csv(contents: &Contents) -> String {
    written([contents.columns.clone()].into_iter().chain(contents.rows.iter().cloned()))
}

fn written(rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |row: Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    rows.map(line).collect()
}

/// A cell in quotes. One that a spreadsheet would take for a formula gets an apostrophe before it, which shows it as text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}
