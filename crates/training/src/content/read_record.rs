//! Checks of kind `record`.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::sink::Sink;
use crate::lab::{Comparison, Modifier, Operator, Pattern, RecordTest};

/// Kinds of record that systems keep.
const KINDS: [&str; 4] = ["patient", "order", "charge", "vaccination"];

/// Reads the system, the kind, the patterns and the count.
pub(super) fn record(fields: &Fields<'_>, modifier: Modifier, sink: &Sink) -> RecordTest {
    let usual = match modifier {
        Modifier::Never => Comparison { operator: Operator::Equal, count: 0 },
        _ => Comparison { operator: Operator::AtLeast, count: 1 },
    };
    let holds = fields.need_text("holds");
    if let Some(field) = fields.field("holds").filter(|_| !KINDS.contains(&holds.as_str())) {
        let what = format!("no system keeps records of kind `{holds}`");
        sink.say(&field.node.place, what, format!("write one of: {}", KINDS.join(", ")));
    }
    fields.need("where");
    let mut wanted = BTreeMap::new();
    for (name, field) in fields.entries("where") {
        if let Some(text) = fields.as_text(&field.node, name) {
            wanted.insert(name.clone(), Pattern::parse(&text));
        }
    }
    RecordTest {
        system: fields.need_text("system"),
        holds,
        fields: wanted,
        count: fields.parsed("count", "a bound such as `>= 1` or `= 0`", Comparison::parse).unwrap_or(usual),
        for_each: fields.text("for_each"),
    }
}
