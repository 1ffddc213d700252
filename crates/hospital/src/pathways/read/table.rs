//! Taking fields out of tables.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::node::{Node, Value};
use crate::pathways::Problem;

/// The file that is read, and what is wrong with it so far.
pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    pub(super) problems: &'a RefCell<Vec<Problem>>,
}

impl Reader<'_> {
    /// Tells of a mistake.
    pub(super) fn say(&self, line: usize, what: impl Into<String>, try_this: impl Into<String>) {
        let file = self.file.to_owned();
        let problem = Problem { file, line, what: what.into(), try_this: try_this.into() };
        self.problems.borrow_mut().push(problem);
    }

    /// A node as a table.
    pub(super) fn table(&self, node: Node, what: &str) -> Option<Table<'_>> {
        match node.value {
            Value::Table(fields) => Some(Table { reader: self, line: node.line, fields, known: Vec::new() }),
            other => {
                self.say(node.line, format!("{what} is {}", other.kind()), "write a table with fields");
                None
            }
        }
    }

    /// A node as a text.
    pub(super) fn text(&self, node: Node, key: &str) -> Option<String> {
        match node.value {
            Value::Text(text) => Some(text),
            other => self.wrong(node.line, key, other.kind(), "a text in quotes"),
        }
    }

    /// A node as a number.
    pub(super) fn number(&self, node: &Node, key: &str) -> Option<f64> {
        match &node.value {
            Value::Number(number) => Some(*number),
            other => self.wrong(node.line, key, other.kind(), "a number"),
        }
    }

    fn wrong<T>(&self, line: usize, key: &str, kind: &str, wanted: &str) -> Option<T> {
        self.say(line, format!("`{key}` is {kind}"), format!("write {wanted}"));
        None
    }
}

/// A table whose fields are taken out one by one.
pub(super) struct Table<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) line: usize,
    fields: BTreeMap<String, Node>,
    /// The fields that were asked for, there or not.
    known: Vec<&'static str>,
}

impl<'a> Table<'a> {
    /// A field as it is.
    pub(super) fn node(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
        self.fields.remove(key)
    }

    /// A text.
    pub(super) fn text(&mut self, key: &'static str) -> Option<(usize, String)> {
        let node = self.node(key)?;
        let line = node.line;
        self.reader.text(node, key).map(|text| (line, text))
    }

    /// A text that must be there.
    pub(super) fn need_text(&mut self, key: &'static str, try_this: &str) -> Option<String> {
        self.need(key, try_this);
        self.text(key).map(|(_, text)| text)
    }

    /// Complains if a field is missing.
    pub(super) fn need(&self, key: &str, try_this: &str) {
        if !self.fields.contains_key(key) {
            self.reader.say(self.line, format!("`{key}` is missing"), try_this);
        }
    }

    /// A number within bounds.
    pub(super) fn number(&mut self, key: &'static str, low: f64, high: f64) -> Option<f64> {
        let node = self.node(key)?;
        let number = self.reader.number(&node, key)?;
        if (low..=high).contains(&number) {
            return Some(number);
        }
        self.reader.say(
            node.line,
            format!("`{key}` is {number}"),
            format!("write a number from {low} to {high}"),
        );
        None
    }

    /// True only if the field says so.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        match self.node(key) {
            None => false,
            Some(Node { value: Value::Flag(flag), .. }) => flag,
            Some(node) => {
                self.reader.say(
                    node.line,
                    format!("`{key}` is {}", node.value.kind()),
                    "write true or false",
                );
                false
            }
        }
    }

    /// A list; empty where there is none.
    pub(super) fn list(&mut self, key: &'static str) -> Vec<Node> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => {
                let advice = if key == "state" {
                    "write `[[state]]` in double brackets"
                } else {
                    "write a list in brackets"
                };
                self.reader.say(node.line, format!("`{key}` is {}", node.value.kind()), advice);
                Vec::new()
            }
        }
    }

    /// A table within the table.
    pub(super) fn table(&mut self, key: &'static str) -> Option<Table<'a>> {
        let node = self.node(key)?;
        self.reader.table(node, &format!("`{key}`"))
    }

    /// The fields that are left, for tables whose keys are free.
    pub(super) fn rest(self) -> BTreeMap<String, Node> {
        self.fields
    }

    /// Complains of fields that nobody asked for.
    pub(super) fn done(self) {
        for (key, node) in &self.fields {
            let advice = match nearest(key, &self.known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("take it out; known here: {}", self.known.join(", ")),
            };
            self.reader.say(node.line, format!("`{key}` is not known here"), advice);
        }
    }
}

/// The known word that is most like a written one, if any is like it.
pub(super) fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word = &word[..word.floor_char_boundary(40)];
    known
        .iter()
        .map(|known| (crate::matching::edits(word, known), *known))
        .filter(|(edits, known)| *edits <= 1 + known.len() / 4)
        .min()
        .map(|(_, known)| known)
}
