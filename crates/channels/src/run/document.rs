use serde_json::Value;
use standards::hl7::message::{Message, Path};

use super::outcome::Payload;
use crate::channel::DataType;

/// A message that is being worked on.
#[derive(Debug, Clone)]
pub(crate) enum Document {
    Hl7(Message),
    Json(Value),
    Text(String),
}

/// A place in an HL7 v2 message.
pub(crate) fn parse_path(text: &str) -> Option<Path> {
    text.parse().ok()
}

impl Document {
    /// Reads bytes as a message of this kind.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn read(data_type: DataType, bytes: &[u8]) -> Result<Self, String> {
        let text =
            || std::str::from_utf8(bytes).map_err(|error| format!("the message is not UTF-8: {error}"));
        match data_type {
            DataType::Hl7V2 => Message::parse(bytes).map(Self::Hl7).map_err(|error| error.to_string()),
            DataType::Json => serde_json::from_str(text()?)
                .map(Self::Json)
                .map_err(|error| format!("this is not JSON: {error}")),
            DataType::Raw => Ok(Self::Text(text()?.to_owned())),
        }
    }

    /// The same as bytes.
    pub(crate) fn write(&self) -> Payload {
        match self {
            Self::Hl7(message) => Payload { data_type: DataType::Hl7V2, bytes: message.bytes().to_vec() },
            Self::Json(value) => Payload { data_type: DataType::Json, bytes: value.to_string().into_bytes() },
            Self::Text(text) => Payload { data_type: DataType::Raw, bytes: text.clone().into_bytes() },
        }
    }

    /// The text at a place; empty where nothing stands.
    pub(crate) fn get(&self, path: &str) -> Result<String, String> {
        match self {
            Self::Hl7(message) => {
                let path: Path =
                    path.parse().map_err(|error: standards::hl7::message::PathError| error.to_string())?;
                let whole = path.field.is_none();
                if whole {
                    let raw = message.raw(&path).unwrap_or_default();
                    return Ok(String::from_utf8_lossy(raw).into_owned());
                }
                Ok(message.get(&path).unwrap_or_default())
            }
            Self::Json(value) => Ok(match within(value, path) {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
            }),
            Self::Text(_) => Err("a text has no places".to_owned()),
        }
    }

    /// Writes a text at a place.
    pub(crate) fn set(&mut self, path: &str, text: &str) -> Result<(), String> {
        let Self::Hl7(message) = self else {
            return Err("only an HL7 v2 message is written field by field; use a script here".to_owned());
        };
        let path: Path =
            path.parse().map_err(|error: standards::hl7::message::PathError| error.to_string())?;
        message.set(&path, text).map_err(|error| error.to_string())
    }
}

/// What stands at a path such as `entry.0.resource.id` of a JSON value.
fn within<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    })
}
