//! What a check may know about the hospital: plain facts, handed over by whoever runs it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One journal entry, as a check sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Position in the sandbox's journal, from 1.
    pub seq: u64,
    /// The hospital's own time, microseconds since 1970 UTC.
    pub virtual_time_us: i64,
    /// Who did it, such as `learner` or a staff role.
    pub actor: String,
    /// The system it came from.
    pub source: String,
    /// The system it went to.
    pub target: String,
    /// What kind of thing happened, such as `fhir.update` or `command`.
    pub kind: String,
    /// The patient it concerns, as `Patient/ID`.
    pub subject: Option<String>,
    /// `ok`, or one word for what went wrong.
    pub outcome: String,
    /// Details of this kind of entry, a JSON object.
    pub detail: Value,
}

/// What came back for one request of a check; in the order of the requests.
#[derive(Debug, Clone, PartialEq)]
pub enum Observed {
    /// The searchset Bundle of a FHIR search, all pages in one.
    Bundle(Value),
    /// The journal entries since the attempt was started or last reset, oldest first.
    Entries(Vec<Entry>),
    /// The reply to an HTTP request.
    Reply {
        /// HTTP status code.
        status: u16,
        /// The body as JSON; null when it is empty or not JSON.
        body: Value,
    },
    /// For each order of a [`crate::check::Request::Support`], whether a rule would interrupt whoever signs it: with a
    /// warning or a stop, not with mere information.
    Interrupted(Vec<bool>),
    /// The messages a system has accepted, as bytes, oldest first.
    Messages(Vec<Vec<u8>>),
    /// What the learner answered last, if anything.
    Answer(Option<String>),
    /// The request could not be carried out; why, in plain words.
    Failed(String),
}
