//! TOML as a tree in which every key and value knows its line.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::Problem;

/// A value and the line on which it begins.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) line: u32,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Text(String),
    Whole(i64),
    Other(&'static str),
    List(Vec<Node>),
    Table(Table),
}

/// Keys with the line of the key and their value.
pub(super) type Table = BTreeMap<String, (u32, Node)>;

impl Node {
    /// What kind of value it is, for messages.
    pub(super) fn word(&self) -> &'static str {
        match self.kind {
            Kind::Text(_) => "a text",
            Kind::Whole(_) => "a whole number",
            Kind::Other(word) => word,
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }
}

/// Reads TOML as far as it can be read.
pub(super) fn parse(text: &str, problems: &mut Vec<Problem>) -> Table {
    let lines = Lines::new(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = lines.at(error.span().map_or(0, |span| span.start));
        let what = error.message().lines().collect::<Vec<_>>().join("; ");
        let remedy = "write key = \"value\", and scripts between ''' and '''".to_owned();
        problems.push(Problem { line, what: format!("this is not TOML: {what}"), remedy });
    }
    table(document.into_inner(), &lines)
}

fn table(table: DeTable<'_>, lines: &Lines) -> Table {
    let entry = |(key, value): (Spanned<std::borrow::Cow<'_, str>>, Spanned<DeValue<'_>>)| {
        let line = lines.at(key.span().start);
        (key.into_inner().into_owned(), (line, node(value, line, lines)))
    };
    table.into_iter().map(entry).collect()
}

fn node(value: Spanned<DeValue<'_>>, key_line: u32, lines: &Lines) -> Node {
    let span = value.span();
    let line = if span.is_empty() { key_line } else { lines.at(span.start) };
    let multiline = lines.text_after(span.start);
    let kind = match value.into_inner() {
        DeValue::String(text) => {
            // The first newline after ''' is not part of the text, so the text begins a line later.
            return Node { line: line + multiline, kind: Kind::Text(text.into_owned()) };
        }
        DeValue::Integer(whole) => match i64::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(whole) => Kind::Whole(whole),
            Err(_) => Kind::Other("a number that is too large"),
        },
        DeValue::Float(_) => Kind::Other("a fraction"),
        DeValue::Boolean(_) => Kind::Other("true or false"),
        DeValue::Datetime(_) => Kind::Other("a date"),
        DeValue::Array(items) => Kind::List(items.into_iter().map(|item| node(item, line, lines)).collect()),
        DeValue::Table(fields) => Kind::Table(table(fields, lines)),
    };
    Node { line, kind }
}

/// Turns byte offsets into lines.
struct Lines {
    starts: Vec<usize>,
    /// Offsets at which a multi-line text opens and its first line is empty.
    opening: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let begins = ["'''\n", "\"\"\"\n", "'''\r\n", "\"\"\"\r\n"];
        let mut opening: Vec<usize> =
            begins.iter().flat_map(|quote| text.match_indices(quote).map(|(at, _)| at)).collect();
        opening.sort_unstable();
        Self { starts, opening }
    }

    fn at(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX).max(1)
    }

    fn text_after(&self, offset: usize) -> u32 {
        u32::from(self.opening.binary_search(&offset).is_ok())
    }
}
