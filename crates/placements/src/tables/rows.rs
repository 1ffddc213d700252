//! Rows of a CSV file, with their lines.

use csv::{ReaderBuilder, StringRecord};

use super::problem::Sink;

/// One file: what its reader calls it, and what it says.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Name for messages, such as a path.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
}

/// A file, read row by row; every mistake in its form is noted and the row passed over.
pub(crate) struct Rows<'a> {
    file: &'a str,
    reader: csv::Reader<&'a [u8]>,
    /// Where the columns stand, in the order they were asked for; none for one that may be missing and is.
    columns: Vec<Option<usize>>,
    /// How many cells a row must have.
    needed: usize,
    record: StringRecord,
}

impl<'a> Rows<'a> {
    /// A file that must have these columns, in any order and among others; none if it does not.
    pub(crate) fn open(source: Source<'a>, wanted: &[&str], sink: &mut Sink) -> Option<Self> {
        Self::open_with(source, wanted, &[], sink)
    }

    /// The same for a file that may have some more columns; their cells come after the others, and are empty where there is no such column.
    pub(crate) fn open_with(
        source: Source<'a>,
        wanted: &[&str],
        optional: &[&str],
        sink: &mut Sink,
    ) -> Option<Self> {
        let text = source.text.strip_prefix('\u{feff}').unwrap_or(source.text);
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headings = reader.headers().cloned().unwrap_or_default();
        let place =
            |column: &&str| headings.iter().position(|heading| heading.trim().eq_ignore_ascii_case(column));
        let missing: Vec<&str> = wanted.iter().copied().filter(|column| place(column).is_none()).collect();
        if !missing.is_empty() {
            let what = format!("there is no column {}", missing.join(" and no column "));
            sink.say(source.name, 1, what, format!("begin the file with the line {}", wanted.join(",")));
            return None;
        }
        let columns: Vec<Option<usize>> = wanted.iter().chain(optional).map(place).collect();
        let needed = columns.iter().flatten().max().map_or(0, |last| last + 1);
        Some(Self { file: source.name, reader, columns, needed, record: StringRecord::new() })
    }

    /// Whether a column that may be missing is there, by its place among those asked for.
    pub(crate) fn has(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(Option::is_some)
    }

    /// The next row that is well formed: its line and its cells, in the order of the columns asked for.
    pub(crate) fn next<const N: usize>(&mut self, sink: &mut Sink) -> Option<(u64, [&str; N])> {
        loop {
            let line = self.reader.position().line();
            match self.reader.read_record(&mut self.record) {
                Ok(false) => return None,
                Ok(true) => {
                    let line = self.record.position().map_or(line, csv::Position::line);
                    if self.holds(line, sink) {
                        break Some((line, std::array::from_fn(|at| self.cell(self.columns[at]))));
                    }
                }
                Err(error) => sink.say(
                    self.file,
                    line,
                    format!("this is not CSV: {error}"),
                    "save the file again as CSV in UTF-8",
                ),
            }
        }
    }

    fn cell(&self, column: Option<usize>) -> &str {
        column.map_or("", |column| self.record[column].trim())
    }

    fn holds(&self, line: u64, sink: &mut Sink) -> bool {
        if self.record.len() < self.needed {
            let what =
                format!("this row has {} cells, and its columns need {}", self.record.len(), self.needed);
            sink.say(self.file, line, what, "look for a missing comma");
            return false;
        }
        let formula = |cell: &&str| cell.starts_with(['=', '+', '-', '@']);
        if let Some(cell) = self.columns.iter().map(|column| self.cell(*column)).find(formula) {
            let what = format!("`{cell}` begins like a formula of a spreadsheet");
            sink.say(self.file, line, what, "write a name or a number that begins with a letter or a digit");
            return false;
        }
        true
    }
}
