use serde_json::Value;

use super::reader::Reader;

/// The elements of a list; none where it is absent.
pub(super) fn list<'v>(of: &'v Value, name: &str, at: &str, reader: &mut Reader<'_>) -> &'v [Value] {
    match of.get(name) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(other) => {
            let reason = format!("{name} is a list, written in [ ], and not {}", kind(other));
            reader.wrong(within(at, name), reason);
            &[]
        }
    }
}

/// A text; none where it is absent.
pub(super) fn text<'v>(of: &'v Value, name: &str, at: &str, reader: &mut Reader<'_>) -> Option<&'v str> {
    match of.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text),
        Some(other) => {
            reader.wrong(within(at, name), format!("{name} is text, and not {}", kind(other)));
            None
        }
    }
}

/// A path one step further down.
pub(super) fn within(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

/// What JSON calls a value.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
