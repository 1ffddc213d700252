//! `when`: conditions on the patient.

use super::node::{Node, Value};
use super::table::{Reader, Table};
use super::values::{choose, range, slot, word};
use crate::pathways::Guard;
use crate::population::{Condition, Sex, Smoking};

pub(super) const SEXES: [(&str, Sex); 2] = [("female", Sex::Female), ("male", Sex::Male)];
pub(super) const SMOKING: [(&str, Smoking); 3] =
    [("never", Smoking::Never), ("former", Smoking::Former), ("current", Smoking::Current)];

/// The guard of a state or arm, if it has one.
pub(super) fn when(table: &mut Table<'_>) -> Option<Guard> {
    table.table("when").map(guard)
}

/// What a table asks of a patient.
pub(super) fn guard(mut table: Table<'_>) -> Guard {
    let guard = fields(&mut table);
    table.done();
    guard
}

/// The same, out of a table that says more.
pub(super) fn fields(table: &mut Table<'_>) -> Guard {
    let guard = Guard {
        ages: ages(table),
        sex: word(table, "sex", &SEXES),
        smoking: word(table, "smoking", &SMOKING),
        has: conditions(table, "has"),
        lacks: conditions(table, "lacks"),
        visits: range(table, "visits").map(|(first, last)| (first.max(0.0) as u32, last.max(0.0) as u32)),
        memory: slot(table, "remembers").map(|slot| {
            let low = table.number("from", -1e9, 1e9).unwrap_or(f64::MIN);
            let high = table.number("below", -1e9, 1e9).unwrap_or(f64::MAX);
            (slot, low, high)
        }),
        controlled: None,
    };
    let controlled = table.node("controlled").and_then(|node| match node.value {
        Value::Flag(flag) => Some(flag),
        other => {
            table.reader.say(node.line, format!("`controlled` is {}", other.kind()), "write true or false");
            None
        }
    });
    Guard { controlled, ..guard }
}

/// First and last age.
pub(super) fn ages(table: &mut Table<'_>) -> Option<(i32, i32)> {
    range(table, "ages").map(|(first, last)| (first.clamp(0.0, 200.0) as i32, last.clamp(0.0, 200.0) as i32))
}

/// A condition by its name.
pub(super) fn condition(reader: &Reader<'_>, line: usize, key: &str, name: &str) -> Option<Condition> {
    choose(reader, line, key, name, &Condition::ALL)
}

/// One condition, or a list of them.
fn conditions(table: &mut Table<'_>, key: &'static str) -> Vec<Condition> {
    let Some(node) = table.node(key) else {
        return Vec::new();
    };
    let items = match node.value {
        Value::List(items) => items,
        value => vec![Node { line: node.line, value }],
    };
    let reader = table.reader;
    let read = |item: Node| {
        let line = item.line;
        condition(reader, line, key, &reader.text(item, key)?)
    };
    items.into_iter().filter_map(read).collect()
}
