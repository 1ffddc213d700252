use std::collections::BTreeMap;

use serde_json::Value;
use standards::hl7::message::{Message, Part};

use super::difference::{Difference, unequal};

/// The places at which two messages differ: fields and components of HL7 v2, members of JSON, lines of anything else.
pub fn messages(old: &[u8], new: &[u8]) -> Vec<Difference> {
    if let (Ok(old), Ok(new)) = (Message::parse(old), Message::parse(new)) {
        return in_order(&old, &new, unequal(&of_hl7(&old), &of_hl7(&new)));
    }
    let json = |bytes| serde_json::from_slice::<Value>(bytes).ok();
    if let (Some(old), Some(new)) = (json(old), json(new)) {
        return unequal(&of_json(&old), &of_json(&new));
    }
    unequal(&of_text(old), &of_text(new))
}

/// Differences in the order of the message rather than of the alphabet.
fn in_order(old: &Message, new: &Message, mut differences: Vec<Difference>) -> Vec<Difference> {
    let mut order = BTreeMap::new();
    for (at, (path, _)) in new_first(old, new).enumerate() {
        order.entry(path).or_insert(at);
    }
    differences.sort_by_key(|difference| order.get(&difference.path).copied().unwrap_or(usize::MAX));
    differences
}

fn new_first<'a>(old: &'a Message, new: &'a Message) -> impl Iterator<Item = (String, String)> + use<'a> {
    values(new).into_iter().chain(values(old))
}

fn of_hl7(message: &Message) -> BTreeMap<String, String> {
    values(message).into_iter().collect()
}

/// Every value with its path, in the order of the message.
fn values(message: &Message) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for segment in message.segments() {
        let name = match segment.occurrence() {
            1 => segment.name().to_owned(),
            more => format!("{}({more})", segment.name()),
        };
        for (number, field) in (1..).zip(segment.fields()) {
            of_field(&format!("{name}-{number}"), &field, &mut values);
        }
    }
    values
}

fn of_field(path: &str, field: &Part<'_>, values: &mut Vec<(String, String)>) {
    let repetitions: Vec<Part<'_>> = field.parts().collect();
    for (at, repetition) in repetitions.iter().enumerate() {
        let path = if repetitions.len() > 1 { format!("{path}[{}]", at + 1) } else { path.to_owned() };
        let components: Vec<Part<'_>> = repetition.parts().collect();
        for (at, component) in components.iter().enumerate() {
            if !component.is_empty() {
                let path = if components.len() > 1 { format!("{path}.{}", at + 1) } else { path.clone() };
                values.push((path, String::from_utf8_lossy(component.bytes()).into_owned()));
            }
        }
    }
}

fn of_json(value: &Value) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    walk(value, String::new(), &mut values);
    values
}

fn walk(value: &Value, path: String, values: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                walk(value, if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, values);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(item, format!("{path}[{at}]"), values);
            }
        }
        Value::String(text) => {
            values.insert(path, text.clone());
        }
        other => {
            values.insert(path, other.to_string());
        }
    }
}

fn of_text(bytes: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8_lossy(bytes);
    text.lines().enumerate().map(|(at, line)| (format!("line {:05}", at + 1), line.to_owned())).collect()
}
