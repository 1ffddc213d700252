//! A condition with everything looked up that it says about other resources, and what it is in SQL.

use rusqlite::types::Value;
use standards::fhir::search::ParamKey;
use standards::fhir::search::query::{Criterion, Link};

use super::clause::Clause;
use super::criterion::{self, union};
use super::follow;

/// Texts as one value: a JSON array.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Texts {
    json: String,
    len: usize,
}

impl Texts {
    pub(super) fn new(texts: &[String]) -> Self {
        Self { json: serde_json::json!(texts).to_string(), len: texts.len() }
    }

    fn value(&self) -> Value {
        Value::Text(self.json.clone())
    }
}

/// Something that holds of a resource or not, to be found in its own rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test<'q> {
    /// It has a value like this.
    Value(&'q Criterion),
    /// This parameter refers to one of these.
    RefersTo(ParamKey, Texts),
    /// Its id is one of these.
    IsOne(Texts),
    /// A reference of it leads to a resource of which this holds.
    LeadsTo(&'q Link, Box<Test<'q>>),
    /// A resource of which this holds refers to it.
    IsLedTo(&'q Link, Box<Test<'q>>),
    /// All of these hold.
    All(Vec<Test<'q>>),
    /// Any of these holds.
    Any(Vec<Test<'q>>),
    /// This does not hold.
    Not(Box<Test<'q>>),
}

/// Texts that are few enough to be looked up before anything else.
const FEW: usize = 50;

impl Test<'_> {
    /// How many candidates it is likely to leave, as a rank; `None` where it cannot list them.
    pub(super) fn cost(&self) -> Option<u8> {
        match self {
            Self::Value(criterion) => criterion::cost(criterion),
            Self::IsOne(ids) => Some(if ids.len <= FEW { 0 } else { 5 }),
            Self::RefersTo(_, targets) => Some(if targets.len <= FEW { 2 } else { 6 }),
            Self::All(parts) => parts.iter().filter_map(Self::cost).min(),
            Self::Any(parts) => {
                parts.iter().map(Self::cost).max_by_key(|cost| cost.unwrap_or(u8::MAX)).flatten()
            }
            Self::Not(_) | Self::LeadsTo(..) | Self::IsLedTo(..) => None,
        }
    }

    /// The resources of which it holds, each once, in `rid` order. Only for what has a [`cost`](Self::cost).
    pub(super) fn driving(&self, schema: &str, resource_type: &str) -> Clause {
        match self {
            Self::Value(criterion) => criterion::driving(schema, resource_type, criterion),
            Self::RefersTo(param, targets) => Clause::new(
                format!(
                    "SELECT DISTINCT x.rid AS rid FROM json_each(?) AS c
                     CROSS JOIN {schema}.reference AS x ON x.target = c.value WHERE x.param = ? ORDER BY x.rid"
                ),
                vec![targets.value(), Value::Integer(i64::from(param.0))],
            ),
            Self::IsOne(ids) => Clause::new(
                format!(
                    "SELECT x.rid AS rid FROM json_each(?) AS c
                     CROSS JOIN {schema}.resource AS x ON x.id = c.value WHERE x.type = ? AND x.deleted = 0 ORDER BY x.rid"
                ),
                vec![ids.value(), Value::Text(resource_type.to_owned())],
            ),
            Self::All(parts) => all(schema, resource_type, parts),
            Self::Any(parts) => {
                let lists = parts.iter().map(|part| part.driving(schema, resource_type));
                let lists = lists.map(|list| list.wrap("SELECT rid FROM (", ")")).collect();
                union(lists).wrap("SELECT DISTINCT rid FROM (", ") ORDER BY rid")
            }
            Self::Not(_) | Self::LeadsTo(..) | Self::IsLedTo(..) => everything(schema, resource_type),
        }
    }

    /// It as a condition on candidate `d.rid`.
    pub(super) fn condition(&self, schema: &str, resource_type: &str) -> Clause {
        let join = |parts: &[Test<'_>], separator: &str, none: &str| {
            if parts.is_empty() {
                return Clause::new(none, vec![]);
            }
            let parts = parts.iter().map(|part| part.condition(schema, resource_type)).collect();
            Clause::join_many(parts, separator, ["(", ")"]).wrap("(", ")")
        };
        match self {
            Self::Value(criterion) => criterion::condition(schema, resource_type, criterion),
            Self::RefersTo(param, targets) => Clause::new(
                format!(
                    "EXISTS (SELECT 1 FROM {schema}.reference AS x INDEXED BY reference_of
                     WHERE x.rid = d.rid AND x.param = ? AND +x.target IN (SELECT value FROM json_each(?)))"
                ),
                vec![Value::Integer(i64::from(param.0)), targets.value()],
            ),
            Self::IsOne(ids) => Clause::new(
                format!(
                    "EXISTS (SELECT 1 FROM {schema}.resource AS x
                     WHERE x.rid = d.rid AND +x.id IN (SELECT value FROM json_each(?)))"
                ),
                vec![ids.value()],
            ),
            Self::LeadsTo(link, inner) => follow::leads_to(schema, link, inner),
            Self::IsLedTo(link, inner) => follow::is_led_to(schema, resource_type, link, inner),
            Self::All(parts) => join(parts, " AND ", "1"),
            Self::Any(parts) => join(parts, " OR ", "0"),
            Self::Not(inner) => inner.condition(schema, resource_type).wrap("NOT (", ")"),
        }
    }
}

/// The live resources of a type of which all of these hold, as `SELECT d.rid ...` with a WHERE clause that more can be
/// added to: the most selective lists candidates, the others are conditions on each.
pub(super) fn all(schema: &str, resource_type: &str, tests: &[Test<'_>]) -> Clause {
    let tests = flat(tests);
    let driver = (0..tests.len()).filter_map(|at| Some((tests[at].cost()?, at))).min().map(|(_, at)| at);
    let from = match driver {
        Some(at) => tests[at].driving(schema, resource_type),
        None => everything(schema, resource_type),
    };
    let mut parts = vec![from.wrap("SELECT d.rid AS rid FROM (", ") AS d WHERE 1")];
    let others = tests.iter().enumerate().filter(|(at, _)| Some(*at) != driver);
    parts.extend(others.map(|(_, test)| test.condition(schema, resource_type)));
    Clause::join(parts, " AND ")
}

/// What several of which all must hold are made of, so that the best of them can drive.
fn flat<'t, 'q>(tests: &'t [Test<'q>]) -> Vec<&'t Test<'q>> {
    let parts = |test: &'t Test<'q>| match test {
        Test::All(parts) => flat(parts),
        other => vec![other],
    };
    tests.iter().flat_map(parts).collect()
}

fn everything(schema: &str, resource_type: &str) -> Clause {
    Clause::new(
        format!("SELECT rid FROM {schema}.resource WHERE type = ? AND deleted = 0"),
        vec![Value::Text(resource_type.to_owned())],
    )
}
