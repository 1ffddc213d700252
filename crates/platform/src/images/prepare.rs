use serde_json::Value;
use standards::fhir::instant;
use standards::fhir::search::{IndexEntry, extract};

/// A resource with everything an image keeps of it.
pub(super) struct Prepared {
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) updated_us: i64,
    pub(super) body: Vec<u8>,
    pub(super) index: Vec<IndexEntry>,
}

impl Prepared {
    /// Reads the index values of a resource that carries its id and meta. `value` is `body` parsed.
    pub(super) fn new(kind: &str, id: &str, body: Vec<u8>, value: &Value) -> Self {
        let updated = value.pointer("/meta/lastUpdated").and_then(Value::as_str);
        let updated_us = updated.and_then(instant::parse).unwrap_or_default();
        let index = extract(value);
        Self { kind: kind.to_owned(), id: id.to_owned(), updated_us, body, index }
    }
}
