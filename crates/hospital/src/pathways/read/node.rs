//! TOML as a tree in which every value knows its line.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::table::Reader;

/// A value and its line, counted from 1.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) value: Value,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    Flag(bool),
    List(Vec<Node>),
    Table(BTreeMap<String, Node>),
}

impl Value {
    /// What kind of value it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// Reads a document; what is no TOML is told, and then there is no tree.
pub(super) fn parse(reader: &Reader<'_>, text: &str) -> Option<Node> {
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |offset: usize| starts.partition_point(|start| *start <= offset).max(1);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = line(error.span().map_or(0, |span| span.start));
        let what = error.message().lines().collect::<Vec<_>>().join("; ");
        reader.say(
            at,
            format!("this is not TOML: {what}"),
            "compare with another file of `content/pathways`",
        );
    }
    errors.is_empty().then(|| Node { line: 1, value: Value::Table(table(document.into_inner(), &line)) })
}

fn table(table: DeTable<'_>, line: &dyn Fn(usize) -> usize) -> BTreeMap<String, Node> {
    let field = |(key, value): (Spanned<std::borrow::Cow<'_, str>>, Spanned<DeValue<'_>>)| {
        let at = line(key.span().start);
        (key.into_inner().into_owned(), Node { line: at, ..node(value, line) })
    };
    table.into_iter().map(field).collect()
}

fn node(value: Spanned<DeValue<'_>>, line: &dyn Fn(usize) -> usize) -> Node {
    let at = line(value.span().start);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(whole) => match i64::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(whole) => Value::Number(whole as f64),
            Err(_) => Value::Text(whole.as_str().to_owned()),
        },
        DeValue::Float(number) => match number.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(number),
            _ => Value::Text(number.as_str().to_owned()),
        },
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(moment) => Value::Text(moment.to_string()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| node(item, line)).collect()),
        DeValue::Table(fields) => Value::Table(table(fields, line)),
    };
    Node { line: at, value }
}
