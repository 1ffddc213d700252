//! Small patterns over journal entries.

use std::collections::BTreeMap;

use crate::facts::Entry;

/// Which journal entries are meant: every named field must match its pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Patterns by field: `kind`, `actor`, `source`, `target`, `subject`, `outcome`, or `detail.NAME`.
    pub fields: BTreeMap<String, Pattern>,
}

impl Filter {
    /// The fields of an entry outside its details.
    pub const FIELDS: [&'static str; 6] = ["kind", "actor", "source", "target", "subject", "outcome"];

    /// Whether an entry is meant.
    #[must_use]
    pub fn matches(&self, entry: &Entry) -> bool {
        self.fields.iter().all(|(field, pattern)| pattern.matches(field_of(entry, field).as_deref()))
    }
}

fn field_of(entry: &Entry, field: &str) -> Option<String> {
    match field {
        "kind" => Some(entry.kind.clone()),
        "actor" => Some(entry.actor.clone()),
        "source" => Some(entry.source.clone()),
        "target" => Some(entry.target.clone()),
        "subject" => entry.subject.clone(),
        "outcome" => Some(entry.outcome.clone()),
        _ => crate::text::look_up(&entry.detail, field.strip_prefix("detail.")?)
            .map(|v| crate::text::plain(&v)),
    }
}

/// What a text must look like: `ok`, `fhir.*`, `create|update`, `!delete`, `*` (anything), `!*` (nothing).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Whether the alternatives are those that must not match.
    pub negated: bool,
    /// Texts of which one must match; `*` stands for any run of characters.
    pub alternatives: Vec<String>,
}

impl Pattern {
    /// Reads a pattern; every text is one.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (negated, rest) = match text.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        Self { negated, alternatives: rest.split('|').map(|part| part.trim().to_owned()).collect() }
    }

    /// Whether a field matches; an absent field matches no alternative.
    #[must_use]
    pub fn matches(&self, text: Option<&str>) -> bool {
        let found = text.is_some_and(|text| self.alternatives.iter().any(|pattern| glob(pattern, text)));
        found != self.negated
    }
}

fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    if !pattern.contains('*') {
        return rest.is_empty();
    }
    let middle: Vec<&str> = parts.collect();
    let (last, middle) = middle.split_last().map_or(("", &[][..]), |(last, middle)| (*last, middle));
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// How two counts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Exactly.
    Equal,
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
}

/// A bound on a count, written `= 2`, `2`, `>= 1` or `<= 3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// How to compare.
    pub operator: Operator,
    /// With what.
    pub count: u64,
}

impl Comparison {
    /// Reads a comparison; `None` when the text is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (operator, rest) = [(">=", Operator::AtLeast), ("<=", Operator::AtMost), ("=", Operator::Equal)]
            .into_iter()
            .find_map(|(sign, operator)| Some((operator, text.strip_prefix(sign)?)))
            .unwrap_or((Operator::Equal, text));
        Some(Self { operator, count: rest.trim().parse().ok()? })
    }

    /// Whether a count satisfies it.
    #[must_use]
    pub fn holds(self, count: u64) -> bool {
        match self.operator {
            Operator::Equal => count == self.count,
            Operator::AtLeast => count >= self.count,
            Operator::AtMost => count <= self.count,
        }
    }
}

impl std::fmt::Display for Comparison {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.operator, self.count) {
            (Operator::Equal, 0) => write!(f, "none"),
            (Operator::Equal, count) => write!(f, "exactly {count}"),
            (Operator::AtLeast, count) => write!(f, "at least {count}"),
            (Operator::AtMost, count) => write!(f, "at most {count}"),
        }
    }
}
