//! Where a page ended, as the text that its `next` link carries.

use data_encoding::BASE64URL_NOPAD;
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// The sort keys and `rid` of a page's last hit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cursor {
    pub(super) keys: Vec<Value>,
    pub(super) rid: i64,
}

#[derive(Serialize, Deserialize)]
enum Key {
    #[serde(rename = "i")]
    Integer(i64),
    /// The bits of a double, which JSON numbers would not carry exactly.
    #[serde(rename = "r")]
    Real(u64),
    #[serde(rename = "t")]
    Text(String),
    #[serde(rename = "l")]
    Last,
}

impl Cursor {
    pub(super) fn text(&self) -> String {
        let keys: Vec<Key> = self.keys.iter().map(key_of).collect();
        BASE64URL_NOPAD.encode(serde_json::json!([keys, self.rid]).to_string().as_bytes())
    }

    /// Reads a cursor for a search with `keys` sort keys.
    pub(super) fn parse(text: &str, keys: usize) -> Result<Self, StoreError> {
        let read = || {
            let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
            let (found, rid): (Vec<Key>, i64) = serde_json::from_slice(&bytes).ok()?;
            (found.len() == keys).then(|| Self { keys: found.into_iter().map(value_of).collect(), rid })
        };
        read().ok_or_else(|| StoreError::Conflict {
            what: "the page cursor belongs to another search; follow the links of the first page".to_owned(),
        })
    }
}

fn key_of(value: &Value) -> Key {
    match value {
        Value::Integer(number) => Key::Integer(*number),
        Value::Real(number) => Key::Real(number.to_bits()),
        Value::Text(text) => Key::Text(text.clone()),
        Value::Blob(_) | Value::Null => Key::Last,
    }
}

fn value_of(key: Key) -> Value {
    match key {
        Key::Integer(number) => Value::Integer(number),
        Key::Real(bits) => Value::Real(f64::from_bits(bits)),
        Key::Text(text) => Value::Text(text),
        Key::Last => Value::Blob(vec![0xff]),
    }
}
