//! Checks of kind `message`.

use std::collections::BTreeMap;

use standards::hl7::message::Path;

use super::fields::Fields as Node;
use super::sink::Sink;
use crate::lab::{Comparison, Fields, MessageTest, Modifier, Operator, Pattern};

/// Reads the system, the fields and the count.
pub(super) fn message(fields: &Node<'_>, modifier: Modifier, sink: &Sink) -> MessageTest {
    let usual = match modifier {
        Modifier::Never => Comparison { operator: Operator::Equal, count: 0 },
        _ => Comparison { operator: Operator::AtLeast, count: 1 },
    };
    fields.need("where");
    MessageTest {
        system: fields.need_text("system"),
        fields: wanted(fields, sink),
        count: fields.parsed("count", "a bound such as `>= 1` or `= 0`", Comparison::parse).unwrap_or(usual),
        for_each: fields.text("for_each"),
    }
}

/// What stands under `where`, as fields of a message.
pub(super) fn wanted(fields: &Node<'_>, sink: &Sink) -> Fields {
    let mut wanted = BTreeMap::new();
    for (name, field) in fields.entries("where") {
        let Some(text) = fields.as_text(&field.node, name) else { continue };
        match name.parse::<Path>() {
            Ok(path) if path.field.is_some() => _ = wanted.insert(path, Pattern::parse(&text)),
            Ok(_) => {
                let what = format!("`{name}` names no field");
                sink.say(&field.key, what, "write a path such as \"PID-3.1\"");
            }
            Err(error) => sink.say(&field.key, error.to_string(), "write the path in quotes"),
        }
    }
    Fields(wanted)
}
