use crate::column::Column;
use crate::question::Row;

/// Rows as values divided by commas (RFC 4180), the names of the columns first.
#[must_use]
pub fn csv(columns: &[Column], rows: &[Row]) -> String {
    let mut text = line(columns.iter().map(|column| column.name.clone()));
    for row in rows {
        text.push_str(&line(row.iter().map(crate::Cell::to_text)));
    }
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = cells.map(quoted).collect();
    format!("{}\r\n", quoted.join(","))
}

fn quoted(cell: String) -> String {
    let needs = cell.contains([',', '"', '\r', '\n']);
    if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Kind};

    #[test]
    fn what_would_break_a_line_is_quoted() {
        let columns = [Column { name: "a,b".to_owned(), kind: Kind::Text, about: None }];
        let rows = ["plain", "say \"ah\"", "two\nlines"].map(|text| vec![Cell::Text(text.to_owned())]);
        assert_eq!(csv(&columns, &rows), "\"a,b\"\r\nplain\r\n\"say \"\"ah\"\"\"\r\n\"two\nlines\"\r\n");
        assert_eq!(csv(&columns, &[vec![Cell::Null], vec![Cell::Number(1.0)]]), "\"a,b\"\r\n\r\n1\r\n");
    }
}
