//! A reader over one table: asks for keys by name and type, and in the end names every key nobody asked for.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::node::{Field, Kind, Node, Table};
use super::sink::Sink;
use crate::problem::Place;

/// One table being read.
pub(super) struct Fields<'a> {
    table: &'a Table,
    /// What the table is, for messages: "a check".
    what: &'static str,
    pub(super) place: &'a Place,
    known: RefCell<BTreeSet<&'static str>>,
    pub(super) sink: &'a Sink,
}

static EMPTY: Table = Table::new();

impl<'a> Fields<'a> {
    /// Begins to read a node that must be a table.
    pub(super) fn new(node: &'a Node, what: &'static str, sink: &'a Sink) -> Self {
        let table = match &node.kind {
            Kind::Table(table) => table,
            _ => {
                let found = node.kind_word();
                sink.say(
                    &node.place,
                    format!("{what} must be a table, not {found}"),
                    "write it as { key = value }",
                );
                &EMPTY
            }
        };
        Self { table, what, place: &node.place, known: RefCell::default(), sink }
    }

    /// The raw field of a key.
    pub(super) fn field(&self, key: &'static str) -> Option<&'a Field> {
        self.known.borrow_mut().insert(key);
        self.table.get(key)
    }

    pub(super) fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.field(key).map(|field| &field.node)
    }

    /// A value that has to be there.
    pub(super) fn need(&self, key: &'static str) -> Option<&'a Node> {
        let node = self.node(key);
        if node.is_none() {
            self.sink.say(self.place, format!("{} has no `{key}`", self.what), format!("add `{key} = …`"));
        }
        node
    }

    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        self.node(key).and_then(|node| self.as_text(node, key))
    }

    /// A text that has to be there and say something; empty when it is not.
    pub(super) fn need_text(&self, key: &'static str) -> String {
        let text = self.need(key).and_then(|node| self.as_text(node, key).map(|text| (node, text)));
        let Some((node, text)) = text else { return String::new() };
        if text.trim().is_empty() {
            self.sink.say(&node.place, format!("`{key}` is empty"), "say it in a few words");
        }
        text
    }

    /// A text that `parse` understands; `shape` says what would be.
    pub(super) fn parsed<T>(
        &self,
        key: &'static str,
        shape: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let node = self.node(key)?;
        let text = self.as_text(node, key)?;
        let value = parse(&text);
        if value.is_none() {
            self.sink.say(&node.place, format!("`{key}` cannot be `{text}`"), format!("write {shape}"));
        }
        value
    }

    /// A whole number between two bounds.
    pub(super) fn whole(&self, key: &'static str, min: i64, max: i64) -> Option<i64> {
        let node = self.node(key)?;
        match node.kind {
            Kind::Whole(whole) if (min..=max).contains(&whole) => Some(whole),
            Kind::Whole(whole) => {
                self.sink.say(
                    &node.place,
                    format!("`{key}` cannot be {whole}"),
                    format!("write a number from {min} to {max}"),
                );
                None
            }
            _ => self.wrong(node, key, "a whole number"),
        }
    }

    /// Yes or no.
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match node.kind {
            Kind::Flag(flag) => Some(flag),
            _ => self.wrong(node, key, "true or false"),
        }
    }

    /// A list; nothing when the key is absent.
    pub(super) fn list(&self, key: &'static str) -> &'a [Node] {
        match self.node(key) {
            None => &[],
            Some(Node { kind: Kind::List(items), .. }) => items,
            Some(node) => {
                self.wrong::<()>(node, key, "a list");
                &[]
            }
        }
    }

    /// A list of texts.
    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        self.list(key).iter().filter_map(|node| self.as_text(node, key)).collect()
    }

    /// The fields of a table whose keys are the author's own, such as params.
    pub(super) fn entries(&self, key: &'static str) -> Vec<(&'a String, &'a Field)> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node { kind: Kind::Table(table), .. }) => table.iter().collect(),
            Some(node) => {
                self.wrong::<()>(node, key, "a table");
                Vec::new()
            }
        }
    }

    /// Which of these keys is there; exactly one has to be.
    pub(super) fn one_of(&self, keys: &[&'static str]) -> Option<(&'static str, &'a Field)> {
        let found: Vec<_> =
            keys.iter().filter_map(|key| self.field(key).map(|field| (*key, field))).collect();
        if found.len() != 1 {
            let place = found.get(1).map_or(self.place, |(_, field)| &field.key);
            let what = if found.is_empty() { "says nothing" } else { "says two things at once" };
            self.sink.say(
                place,
                format!("{} {what}", self.what),
                format!("write one of: {}", keys.join(", ")),
            );
        }
        found.into_iter().next()
    }

    /// Ends the reading: every key that nobody asked for is a problem.
    pub(super) fn close(self) {
        let known = self.known.into_inner();
        for (key, field) in self.table.iter().filter(|(key, _)| !known.contains(key.as_str())) {
            let far = |known: &&&str| (distance(known, key), known.chars().next() != key.chars().next());
            let near = known.iter().filter(|known| distance(known, key) <= 2).min_by_key(far);
            let advice = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys: {}", known.iter().copied().collect::<Vec<_>>().join(", ")),
            };
            self.sink.say(&field.key, format!("{} has no key `{key}`", self.what), advice);
        }
    }

    pub(super) fn as_text(&self, node: &Node, key: &str) -> Option<String> {
        match &node.kind {
            Kind::Text(text) => Some(text.clone()),
            _ => self.wrong(node, key, "a text"),
        }
    }

    fn wrong<T>(&self, node: &Node, key: &str, wanted: &str) -> Option<T> {
        let found = node.kind_word();
        self.sink.say(
            &node.place,
            format!("`{key}` must be {wanted}, not {found}"),
            format!("write {wanted}"),
        );
        None
    }
}

/// Edit distance between two short words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(40).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}
