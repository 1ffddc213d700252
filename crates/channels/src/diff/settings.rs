use std::collections::BTreeMap;

use toml::Value;

use super::difference::{Difference, unequal};

/// The settings that differ between two versions of a channel file.
///
/// What stands in a list and has a name goes by it, so a destination that moved is not a destination that changed. A text
/// that is no TOML has no settings.
pub fn settings(old: &str, new: &str) -> Vec<Difference> {
    unequal(&flat(old), &flat(new))
}

fn flat(text: &str) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    if let Ok(table) = text.parse::<toml::Table>() {
        walk(&Value::Table(table), String::new(), &mut values);
    }
    values
}

fn walk(value: &Value, path: String, values: &mut BTreeMap<String, String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(value, path, values);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                let name = item
                    .get("name")
                    .and_then(Value::as_str)
                    .map_or_else(|| (at + 1).to_string(), str::to_owned);
                walk(item, format!("{path}[{name}]"), values);
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
