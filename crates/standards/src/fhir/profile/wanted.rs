//! Fixed values and patterns (FHIR R4, 2.25.0.2).

use serde_json::Value;

use super::model::Wanted;

impl Wanted {
    /// Whether a value is as asked.
    pub(super) fn accepts(&self, value: &Value) -> bool {
        match self {
            Wanted::Fixed(fixed) => fixed == value,
            Wanted::Pattern(pattern) => contains(value, pattern),
        }
    }

    /// What is asked, for messages.
    pub(super) fn shown(&self) -> String {
        match self {
            Wanted::Fixed(value) => format!("exactly {value}"),
            Wanted::Pattern(value) => format!("at least {value}"),
        }
    }
}

/// Whether a value has all that a pattern has: every member of an object, a match for every item of an array.
fn contains(value: &Value, pattern: &Value) -> bool {
    match (value, pattern) {
        (Value::Object(value), Value::Object(pattern)) => {
            pattern.iter().all(|(name, part)| value.get(name).is_some_and(|found| contains(found, part)))
        }
        (Value::Array(values), Value::Array(pattern)) => {
            pattern.iter().all(|part| values.iter().any(|value| contains(value, part)))
        }
        (value, pattern) => value == pattern,
    }
}
