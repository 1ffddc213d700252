//! Lengths of time, numbers, weights and ranges.

use super::node::{Node, Value};
use super::table::{Reader, Table, nearest};
use crate::pathways::{Law, Number};

/// The names of what a walk remembers.
pub(super) const SLOTS: [&str; 4] = ["level", "severity", "dose", "plan"];

/// A length of time.
pub(super) fn law(table: &mut Table<'_>, key: &'static str) -> Option<Law> {
    let (line, text) = table.text(key)?;
    let law = Law::parse(&text);
    if law.is_none() {
        table.reader.say(
            line,
            format!("`{key}` is no length of time: {text:?}"),
            "write one such as \"20 minutes\", \"3 to 7 months\" or \"about 5 days, 2 to 16\"",
        );
    }
    law
}

/// A number: as it is, drawn, or remembered.
pub(super) fn number(reader: &Reader<'_>, node: Node, key: &str) -> Option<Number> {
    if let Value::Number(number) = node.value {
        return Some(Number::Is(number));
    }
    let mut table = reader.table(node, &format!("`{key}`"))?;
    let bound = 1e9;
    if let Some(slot) = slot(&mut table, "of") {
        let times = table.number("times", -bound, bound).unwrap_or(1.0);
        let plus = table.number("plus", -bound, bound).unwrap_or(0.0);
        table.done();
        return Some(Number::Of { slot, times, plus });
    }
    table.need("mean", "write a number, `{ mean = 7.3, spread = 0.8 }`, or `{ of = \"level\", times = 2 }`");
    let mean = table.number("mean", -bound, bound);
    let spread = table.number("spread", 0.0, bound).unwrap_or(0.0);
    let low = table.number("low", -bound, bound).unwrap_or(-bound);
    let high = table.number("high", -bound, bound).unwrap_or(bound);
    table.done();
    mean.map(|mean| Number::Around { mean, spread, low, high })
}

/// The place of something remembered.
pub(super) fn slot(table: &mut Table<'_>, key: &'static str) -> Option<usize> {
    let (line, name) = table.text(key)?;
    let slot = SLOTS.iter().position(|slot| *slot == name);
    if slot.is_none() {
        table.reader.say(
            line,
            format!("a walk does not remember `{name}`"),
            format!("use one of {}", SLOTS.join(", ")),
        );
    }
    slot
}

/// Two numbers in a list: first and last.
pub(super) fn range(table: &mut Table<'_>, key: &'static str) -> Option<(f64, f64)> {
    let node = table.node(key)?;
    let (line, reader) = (node.line, table.reader);
    let numbers: Vec<f64> = match &node.value {
        Value::List(items) => items.iter().filter_map(|item| reader.number(item, key)).collect(),
        _ => Vec::new(),
    };
    match numbers[..] {
        [low, high] if low <= high => Some((low, high)),
        _ => {
            reader.say(
                line,
                format!("`{key}` is no range"),
                "write first and last in brackets, such as [18, 64]",
            );
            None
        }
    }
}

/// A weight of chance, 1 where none is written.
pub(super) fn weight(table: &mut Table<'_>) -> f64 {
    table.number("weight", 0.0, 1e6).unwrap_or(1.0)
}

/// One of a closed list of words.
pub(super) fn word<T: Copy>(
    table: &mut Table<'_>,
    key: &'static str,
    words: &[(&'static str, T)],
) -> Option<T> {
    let (line, text) = table.text(key)?;
    choose(table.reader, line, key, &text, words)
}

/// The same, of a text that has been read.
pub(super) fn choose<T: Copy>(
    reader: &Reader<'_>,
    line: usize,
    key: &str,
    text: &str,
    words: &[(&'static str, T)],
) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    if found.is_none() {
        let all: Vec<&'static str> = words.iter().map(|(word, _)| *word).collect();
        let advice = match nearest(text, &all) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of {}", all.join(", ")),
        };
        reader.say(line, format!("`{key}` cannot be {text:?}"), advice);
    }
    found
}
