use serde_json::Value;

use super::chain::Hash;

/// Something that happened, as its author describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// The hospital's own time, microseconds since 1970 UTC.
    pub virtual_us: i64,
    /// The time of the machine that runs it, microseconds since 1970 UTC.
    pub wall_us: i64,
    /// Who did it: a login, or the name of a part of the hospital.
    pub actor: String,
    /// The system it came from.
    pub source: String,
    /// The system it went to.
    pub target: String,
    /// What it was: `fhir.update`, `command`, `sandbox.reset`.
    pub kind: String,
    /// The patient it is about, as `Patient/ID`.
    pub subject: Option<String>,
    /// `ok`, or one word for what went wrong.
    pub outcome: String,
    /// The particulars, as a JSON object.
    pub detail: Value,
}

/// An entry as it stands in the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its place in the journal, from 1.
    pub seq: i64,
    /// What happened.
    pub event: NewEntry,
    /// The hash of the entry before it.
    pub previous: Hash,
    /// The hash of this one.
    pub hash: Hash,
}
