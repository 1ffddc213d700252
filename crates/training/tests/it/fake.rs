//! A `FHIRPath` engine that knows just enough for these tests, so that they need no real one.

use serde_json::Value;
use standards::fhir::path::{FhirPath, PathError};

/// Evaluates `path`, `path = 'text'`, `path.count() = N`, `path.exists()`, `path.empty()`, joined by ` and `.
pub(crate) struct Small;

impl FhirPath for Small {
    fn evaluate(
        &self,
        expression: &str,
        input: &Value,
        _: &[(&str, Value)],
    ) -> Result<Vec<Value>, PathError> {
        if expression.contains("??") {
            let reason = "this engine was told to fail".to_owned();
            return Err(PathError::Syntax { expression: expression.to_owned(), reason });
        }
        let parts: Vec<Vec<Value>> = expression.split(" and ").map(|part| one(part.trim(), input)).collect();
        match parts.as_slice() {
            [only] => Ok(only.clone()),
            many => Ok(vec![Value::Bool(many.iter().all(|part| *part == [Value::Bool(true)]))]),
        }
    }
}

fn one(part: &str, input: &Value) -> Vec<Value> {
    if let Some((left, right)) = part.split_once(" = ") {
        let right: Value = match right.trim().trim_matches('\'') {
            text if right.starts_with('\'') => Value::from(text.replace("\\'", "'")),
            text => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
        };
        return vec![Value::Bool(one(left.trim(), input) == [right])];
    }
    let mut found = vec![input.clone()];
    for step in part.split('.') {
        found = match step {
            "count()" => vec![Value::from(found.len())],
            "exists()" => vec![Value::Bool(!found.is_empty())],
            "empty()" => vec![Value::Bool(found.is_empty())],
            name => found.iter().flat_map(|value| field(value, name)).collect(),
        };
    }
    found
}

fn field(value: &Value, name: &str) -> Vec<Value> {
    match &value[name] {
        Value::Null => Vec::new(),
        Value::Array(items) => items.clone(),
        other => vec![other.clone()],
    }
}
