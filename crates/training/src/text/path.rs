//! Looking up a dotted path in JSON.

use serde_json::Value;

/// The value at a dotted path.
///
/// In a list, a number picks by position (`name.0.family`), a condition by a field's text (`link.relation=next.url`),
/// and a field collects from every item (`name.family`).
#[must_use]
pub fn look_up(value: &Value, path: &str) -> Option<Value> {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let next = match value {
        Value::Object(fields) => fields.get(first)?,
        Value::Array(items) => match (first.parse::<usize>(), first.split_once('=')) {
            (Ok(index), _) => items.get(index)?,
            (_, Some((field, text))) => items.iter().find(|item| item[field] == text)?,
            _ => return collect(items, path),
        },
        _ => return None,
    };
    match rest {
        Some(rest) => look_up(next, rest),
        None => Some(next.clone()),
    }
}

fn collect(items: &[Value], path: &str) -> Option<Value> {
    let found: Vec<Value> = items.iter().filter_map(|item| look_up(item, path)).collect();
    (!found.is_empty() || items.is_empty()).then_some(Value::Array(found))
}

/// A value as a person would write it: text without quotes, a list with commas.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
