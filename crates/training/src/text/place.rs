//! Finding placeholders and filling them.

use serde_json::Value;

use super::{Escape, Values, look_up};

/// A placeholder found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder<'a> {
    /// The path between the braces.
    pub path: &'a str,
    /// Byte offset of the opening brace.
    pub start: usize,
    /// Byte offset after the closing brace.
    pub end: usize,
}

impl<'a> Placeholder<'a> {
    /// The name of the value: the path up to the first dot.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.path.split_once('.').map_or(self.path, |(name, _)| name)
    }
}

/// A placeholder for which there is no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no value for the placeholder {{{path}}}")]
pub struct UnknownValue {
    /// The path between the braces.
    pub path: String,
}

/// All placeholders of a text, in order.
#[must_use]
pub fn placeholders(text: &str) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find('{').map(|at| from + at) {
        from = start + 1;
        let Some(length) = text[from..].find('}') else { break };
        let path = &text[from..from + length];
        if is_path(path) {
            found.push(Placeholder { path, start, end: from + length + 1 });
            from += length + 1;
        }
    }
    found
}

fn is_path(text: &str) -> bool {
    let mut parts = text.split('.');
    let name = parts.next().unwrap_or_default();
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'='))
    };
    name.starts_with(|c: char| c.is_ascii_lowercase()) && word(name) && parts.all(word)
}

/// The text with every placeholder filled.
///
/// # Errors
/// The first placeholder that has no value.
pub fn fill(text: &str, values: &Values, escape: Escape) -> Result<String, UnknownValue> {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for placeholder in placeholders(text) {
        out.push_str(&text[from..placeholder.start]);
        out.push_str(&escape.text(&value_of(placeholder.path, values)?));
        from = placeholder.end;
    }
    out.push_str(&text[from..]);
    Ok(out)
}

/// JSON with every placeholder in its texts filled; a text that is one placeholder and nothing else becomes the value
/// itself, with its type.
///
/// # Errors
/// The first placeholder that has no value.
pub fn fill_json(value: &Value, values: &Values) -> Result<Value, UnknownValue> {
    Ok(match value {
        Value::String(text) => match placeholders(text).as_slice() {
            [only] if only.start == 0 && only.end == text.len() => value_of(only.path, values)?,
            _ => Value::String(fill(text, values, Escape::Plain)?),
        },
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| fill_json(item, values)).collect::<Result<_, _>>()?)
        }
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, item)| Ok((key.clone(), fill_json(item, values)?)))
                .collect::<Result<_, _>>()?,
        ),
        other => other.clone(),
    })
}

fn value_of(path: &str, values: &Values) -> Result<Value, UnknownValue> {
    let found = match path.split_once('.') {
        Some((name, rest)) => values.get(name).and_then(|value| look_up(value, rest)),
        None => values.get(path).cloned(),
    };
    found.ok_or_else(|| UnknownValue { path: path.to_owned() })
}
