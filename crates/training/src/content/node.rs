//! A TOML document as a tree in which every key and value knows its place.

use std::collections::BTreeMap;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::sink::Sink;
use crate::problem::Place;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    List(Vec<Node>),
    Table(Table),
}

/// Keys with their values, sorted by key.
pub(super) type Table = BTreeMap<String, Field>;

/// One `key = value`.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) key: Place,
    pub(super) node: Node,
}

impl Node {
    /// What kind of value it is, for messages.
    pub(super) fn kind_word(&self) -> &'static str {
        match self.kind {
            Kind::Text(_) => "a text",
            Kind::Whole(_) => "a whole number",
            Kind::Number(_) => "a number",
            Kind::Flag(_) => "true or false",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }

    /// The same value as JSON.
    pub(super) fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Text(text) => Value::from(text.as_str()),
            Kind::Whole(whole) => Value::from(*whole),
            Kind::Number(number) => Value::from(*number),
            Kind::Flag(flag) => Value::from(*flag),
            Kind::List(items) => items.iter().map(Self::to_json).collect(),
            Kind::Table(fields) => {
                fields.iter().map(|(key, field)| (key.clone(), field.node.to_json())).collect()
            }
        }
    }
}

/// Reads TOML that begins at `first_line` of a file, as far as it can be read.
pub(super) fn parse(file: &str, text: &str, first_line: u32, sink: &Sink) -> Node {
    let lines = Lines::new(file, text, first_line);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let place = lines.place(error.span().map_or(0, |span| span.start));
        let what = error.message().lines().collect::<Vec<_>>().join("; ");
        sink.say(
            &place,
            format!("this is not TOML: {what}"),
            "compare with the lab that `practicum lab new` writes",
        );
    }
    let place = Place { file: file.to_owned(), line: first_line, column: 1 };
    Node { place, kind: Kind::Table(table(document.into_inner(), &lines)) }
}

fn table(table: DeTable<'_>, lines: &Lines<'_>) -> Table {
    let field = |(key, value): (Spanned<_>, Spanned<DeValue<'_>>)| {
        let place = lines.place(key.span().start);
        let name: std::borrow::Cow<'_, str> = key.into_inner();
        // A table made by `[a.b]` has no text of its own to point at; its key has.
        let node = node(value, &place, lines);
        (name.into_owned(), Field { key: place, node })
    };
    table.into_iter().map(field).collect()
}

fn node(value: Spanned<DeValue<'_>>, key: &Place, lines: &Lines<'_>) -> Node {
    let span = value.span();
    let place = lines.place(span.start);
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::Text(text.into_owned()),
        DeValue::Integer(whole) => match i64::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(whole) => Kind::Whole(whole),
            Err(_) => Kind::Text(whole.as_str().to_owned()),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => Kind::Number(number),
            Err(_) => Kind::Text(number.as_str().to_owned()),
        },
        DeValue::Boolean(flag) => Kind::Flag(flag),
        DeValue::Datetime(moment) => Kind::Text(moment.to_string()),
        DeValue::Array(items) => {
            Kind::List(items.into_iter().map(|item| node(item, &place, lines)).collect())
        }
        DeValue::Table(fields) => Kind::Table(table(fields, lines)),
    };
    let place = if matches!(kind, Kind::Table(_)) && span.is_empty() { key.clone() } else { place };
    Node { place, kind }
}

/// Turns byte offsets into lines and columns.
pub(super) struct Lines<'a> {
    file: &'a str,
    text: &'a str,
    first_line: u32,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(file: &'a str, text: &'a str, first_line: u32) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, first_line, starts }
    }

    pub(super) fn place(&self, offset: usize) -> Place {
        let index = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let before = self.text.get(self.starts[index]..offset).unwrap_or_default();
        Place {
            file: self.file.to_owned(),
            line: self.first_line.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)),
            column: u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1),
        }
    }
}
