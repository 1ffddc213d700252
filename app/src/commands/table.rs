use std::fmt;

/// Rows under headings, aligned by the width of their characters.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    empty: &'static str,
}

impl Table {
    /// A table with these headings; `empty` is said instead when it has no rows.
    pub(super) fn new(headings: &[&str], empty: &'static str) -> Self {
        Self { rows: vec![headings.iter().map(|heading| (*heading).to_owned()).collect()], empty }
    }

    /// The table with one more row.
    pub(super) fn row<const N: usize>(mut self, cells: [String; N]) -> Self {
        self.rows.push(cells.into());
        self
    }

    fn width(&self, column: usize) -> usize {
        self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rows.len() == 1 {
            return f.write_str(self.empty);
        }
        for row in &self.rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                line.push_str(&format!("{cell:width$}  ", width = self.width(column)));
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
