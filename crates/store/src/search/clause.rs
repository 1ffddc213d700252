//! SQL in pieces.

use rusqlite::types::Value;

/// A piece of SQL with the values of its placeholders, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Clause {
    pub(super) fn new(text: impl Into<String>, values: Vec<Value>) -> Self {
        Self { text: text.into(), values }
    }

    pub(super) fn join(parts: Vec<Self>, separator: &str) -> Self {
        let text = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(separator);
        Self { text, values: parts.into_iter().flat_map(|part| part.values).collect() }
    }

    /// Joins any number of parts, in groups of which each is wrapped: SQLite joins at most 500 selects at once and nests
    /// conditions at most 1000 deep.
    pub(super) fn join_many(parts: Vec<Self>, separator: &str, [before, after]: [&str; 2]) -> Self {
        const TOGETHER: usize = 400;
        if parts.len() <= TOGETHER {
            return Self::join(parts, separator);
        }
        let mut groups = Vec::new();
        let mut parts = parts.into_iter().peekable();
        while parts.peek().is_some() {
            let group = parts.by_ref().take(TOGETHER).collect();
            groups.push(Self::join(group, separator).wrap(before, after));
        }
        Self::join_many(groups, separator, [before, after])
    }

    pub(super) fn wrap(self, before: &str, after: &str) -> Self {
        Self { text: format!("{before}{}{after}", self.text), values: self.values }
    }
}
