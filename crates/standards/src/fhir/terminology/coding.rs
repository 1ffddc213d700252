//! A code with its system (FHIR R4, 2.24.0.5).

use serde_json::{Map, Value};

use super::json::owned;

/// A code, the system that defines it, and its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coding {
    /// Canonical URL of the code system.
    pub system: Option<String>,
    /// Version of the code system.
    pub version: Option<String>,
    /// The code.
    pub code: String,
    /// Its name.
    pub display: Option<String>,
}

impl Coding {
    /// Reads a Coding; nothing if it has no code.
    pub fn new(value: &Value) -> Option<Coding> {
        Some(Coding {
            system: owned(value, "system"),
            version: owned(value, "version"),
            code: owned(value, "code")?,
            display: owned(value, "display"),
        })
    }

    /// The Coding as FHIR writes it.
    pub fn to_json(&self) -> Value {
        let mut members = Map::new();
        for (name, text) in [("system", &self.system), ("version", &self.version)] {
            members.extend(text.clone().map(|text| (name.to_owned(), text.into())));
        }
        members.insert("code".to_owned(), self.code.clone().into());
        members.extend(self.display.clone().map(|text| ("display".to_owned(), text.into())));
        Value::Object(members)
    }
}
