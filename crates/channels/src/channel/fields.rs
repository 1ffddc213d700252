//! Taking fields out of a table, with a problem for each that is missing, of the wrong kind, or unknown.

use super::model::Text;
use super::problem::Problem;
use super::tree::{Kind, Node, Table};

/// A table of the file that is being read, and what was asked of it.
pub(super) struct Fields<'a> {
    table: &'a Table,
    line: u32,
    /// What the table is, for messages: `the source`.
    what: &'a str,
    known: Vec<&'static str>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(table: &'a Table, line: u32, what: &'a str, problems: &'a mut Vec<Problem>) -> Self {
        Self { table, line, what, known: Vec::new(), problems }
    }

    /// Says that something is wrong.
    pub(super) fn say(&mut self, line: u32, what: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem { line, what: what.into(), remedy: remedy.into() });
    }

    /// The problems found so far, for parts that are read apart.
    pub(super) fn problems(&mut self) -> &mut Vec<Problem> {
        self.problems
    }

    pub(super) fn line(&self) -> u32 {
        self.line
    }

    fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.table.get(key).map(|(_, node)| node)
    }

    /// A text with its place, if it is there.
    pub(super) fn text(&mut self, key: &'static str) -> Option<Text> {
        let node = self.node(key)?;
        let Kind::Text(text) = &node.kind else {
            self.say(node.line, format!("`{key}` is {}", node.word()), "give a text in quotes");
            return None;
        };
        Some(Text { text: text.clone(), line: node.line })
    }

    /// A text that may be left out.
    pub(super) fn optional(&mut self, key: &'static str) -> Option<String> {
        self.text(key).map(|text| text.text)
    }

    /// A text that may be neither missing nor empty.
    pub(super) fn required(&mut self, key: &'static str) -> String {
        let missing = !self.table.contains_key(key);
        let text = self.text(key);
        if missing || text.as_ref().is_some_and(|text| text.text.trim().is_empty()) {
            let line = text.as_ref().map_or(self.line, |text| text.line);
            self.say(line, format!("{} has no `{key}`", self.what), format!("add {key} = \"…\""));
        }
        text.map(|text| text.text).unwrap_or_default()
    }

    /// One of the words given, which stand for values; the first where it is left out.
    pub(super) fn word<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> T {
        let first = words[0].1;
        let Some(Text { text, line }) = self.text(key) else { return first };
        if let Some((_, value)) = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(&text)) {
            return *value;
        }
        let all: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        self.say(line, format!("`{key}` is \"{text}\""), format!("use one of {}", all.join(", ")));
        first
    }

    /// A whole number within bounds.
    pub(super) fn whole(&mut self, key: &'static str, (least, most): (u32, u32)) -> Option<u32> {
        let node = self.node(key)?;
        if let Kind::Whole(whole) = node.kind
            && let Ok(whole) = u32::try_from(whole)
            && (least..=most).contains(&whole)
        {
            return Some(whole);
        }
        let what = format!("`{key}` is not a whole number from {least} to {most}");
        self.say(node.line, what, format!("give a number such as {key} = {least}"));
        None
    }

    /// Texts in a list.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Kind::List(items) = &node.kind else {
            self.say(
                node.line,
                format!("`{key}` is {}", node.word()),
                "give a list of texts: [\"A\", \"B\"]",
            );
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                Kind::Text(text) => texts.push(text.clone()),
                _ => self.say(item.line, format!("{} stands in `{key}`", item.word()), "put it in quotes"),
            }
        }
        texts
    }

    /// A table within this one, with its line.
    pub(super) fn table(&mut self, key: &'static str) -> Option<(&'a Table, u32)> {
        let node = self.node(key)?;
        let Kind::Table(table) = &node.kind else {
            self.say(node.line, format!("`{key}` is {}", node.word()), format!("begin a table with [{key}]"));
            return None;
        };
        Some((table, node.line))
    }

    /// The tables of a list within this one, with their lines.
    pub(super) fn tables(&mut self, key: &'static str) -> Vec<(&'a Table, u32)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Kind::List(items) = &node.kind else {
            self.say(
                node.line,
                format!("`{key}` is {}", node.word()),
                format!("begin each one with [[{key}]]"),
            );
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                Kind::Table(table) => {
                    let first_key = table.values().map(|(line, _)| *line).min();
                    tables.push((table, first_key.map_or(item.line, |line| item.line.min(line))));
                }
                _ => self.say(
                    item.line,
                    format!("{} stands in `{key}`", item.word()),
                    format!("write [[{key}]]"),
                ),
            }
        }
        tables
    }

    /// Complains about every key that nobody asked for.
    pub(super) fn close(self) {
        for (key, (line, _)) in self.table {
            if !self.known.contains(&key.as_str()) {
                let what = format!("{} has no `{key}`", self.what);
                let remedy = format!("use {}", self.known.join(", "));
                self.problems.push(Problem { line: *line, what, remedy });
            }
        }
    }
}
