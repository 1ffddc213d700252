//! Bodies of requests: a JSON template, with fields set on top.

use serde_json::Value;

use crate::text::{UnknownValue, Values, fill_json};

/// The JSON body of a request.
///
/// `base` is a table, the content of a fixture, or one placeholder such as `"{chart}"` for a resource read before.
/// `set` then puts values at dotted paths: `"name.0.family"`; `-` as an index appends to a list, which is made if
/// it is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Where it starts from.
    pub base: Value,
    /// What is changed in it, in order of the paths.
    pub set: Vec<(String, Value)>,
}

/// Why a body could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// A placeholder has no value.
    #[error(transparent)]
    Unknown(#[from] UnknownValue),
    /// A path of `set` leads nowhere.
    #[error("cannot set `{path}`: `{part}` does not fit what is there")]
    Path {
        /// The whole path.
        path: String,
        /// The part that does not fit.
        part: String,
    },
}

impl Body {
    /// The body with every value filled in.
    ///
    /// # Errors
    /// A placeholder without a value, or a path that does not fit the body.
    pub fn make(&self, values: &Values) -> Result<Value, BodyError> {
        let mut body = fill_json(&self.base, values)?;
        for (path, value) in &self.set {
            let value = fill_json(value, values)?;
            put(&mut body, path, value).map_err(|part| BodyError::Path { path: path.clone(), part })?;
        }
        Ok(body)
    }
}

fn put(target: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let (part, rest) = match path.split_once('.') {
        Some((part, rest)) => (part, Some(rest)),
        None => (path, None),
    };
    let is_index = part == "-" || part.parse::<usize>().is_ok();
    if target.is_null() {
        *target = if is_index { Value::Array(Vec::new()) } else { Value::Object(serde_json::Map::new()) };
    }
    let slot = match target {
        Value::Object(fields) => fields.entry(part).or_insert(Value::Null),
        Value::Array(items) => {
            let index = if part == "-" { Some(items.len()) } else { part.parse().ok() };
            let index = index.filter(|index| *index <= items.len()).ok_or_else(|| part.to_owned())?;
            if index == items.len() {
                items.push(Value::Null);
            }
            &mut items[index]
        }
        _ => return Err(part.to_owned()),
    };
    match rest {
        Some(rest) => put(slot, rest, value),
        None => {
            *slot = value;
            Ok(())
        }
    }
}
