use serde_json::{Value, json};

/// A Parameters resource being written (R4, 2.29); absent values are left out.
#[derive(Default)]
pub(super) struct Output {
    parameters: Vec<Value>,
}

impl Output {
    /// Adds a value; `member` names its type, such as `valueString`.
    pub(super) fn add(mut self, name: &str, member: &str, value: impl Into<Value>) -> Self {
        self.parameters.push(json!({"name": name, member: value.into()}));
        self
    }

    /// Adds a value where there is one.
    pub(super) fn add_some(self, name: &str, member: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.add(name, member, value),
            None => self,
        }
    }

    /// Adds a parameter that consists of others.
    pub(super) fn add_parts(mut self, name: &str, parts: Output) -> Self {
        let part = Value::Array(parts.parameters);
        self.parameters.push(json!({"name": name, "part": part}));
        self
    }

    /// The resource.
    pub(super) fn finish(self) -> Value {
        json!({"resourceType": "Parameters", "parameter": self.parameters})
    }
}
