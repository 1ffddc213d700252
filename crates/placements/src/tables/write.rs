//! Rows out.

/// One CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its file name.
    pub file: &'static str,
    /// Its text.
    pub text: String,
}

/// A CSV file as text: headings, then rows.
#[must_use]
pub fn csv_text<const N: usize>(headings: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    csv_lines(&headings, rows.into_iter().map(Vec::from))
}

/// The same where the number of columns is not known before. Each row has as many cells as there are headings.
pub(crate) fn csv_lines(headings: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = headings.join(",");
    text.push('\n');
    for row in rows {
        let cells: Vec<String> = row.into_iter().map(|cell| quoted(&harmless(cell))).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// A cell that a spreadsheet takes for text. One that begins like a formula gets an apostrophe before it, as OWASP's page on CSV injection
/// advises; a number with its sign is left alone, since it computes nothing.
fn harmless(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell }
}

/// A cell as RFC 4180 wants it.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
