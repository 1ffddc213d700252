//! What a system beside the chart must hold.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Comparison, Pattern};
use crate::text::{look_up, plain};

/// Records of one system, and how many of them there must be.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordTest {
    /// The system that keeps them, by its id, such as `LIS`.
    pub system: String,
    /// The kind of record: `patient`, `order`, `charge` or `vaccination`.
    pub holds: String,
    /// Patterns by field, such as `mrn`, `stay.bed`, `state`, or `key`, the name the system keeps it under.
    pub fields: BTreeMap<String, Pattern>,
    /// How many.
    pub count: Comparison,
    /// A list among the values; as many records are needed for each of its items, reachable as `{each}`.
    pub for_each: Option<String>,
}

/// Whether a record looks as these patterns say.
#[must_use]
pub(crate) fn record_matches(fields: &BTreeMap<String, Pattern>, record: &Value) -> bool {
    let text = |path: &str| look_up(record, path).filter(|value| !value.is_null()).map(|value| plain(&value));
    fields.iter().all(|(path, pattern)| pattern.matches(text(path).as_deref()))
}
