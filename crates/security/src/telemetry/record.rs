use serde_json::Value;

use crate::care::Relation;

/// What a journal entry holds, and what its hospital knows about its subject.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Its place in the journal, from 1.
    pub seq: i64,
    /// The hospital's own time, microseconds since 1970 UTC.
    pub time_us: i64,
    /// Who did it.
    pub actor: String,
    /// The system it came from.
    pub source: String,
    /// The system it went to.
    pub target: String,
    /// What it was: `fhir.read`, `dicom.find`.
    pub kind: String,
    /// The patient it is about, as `Patient/ID`.
    pub subject: Option<String>,
    /// `ok`, or one word for what went wrong.
    pub outcome: String,
    /// The particulars, a JSON object.
    pub detail: Value,
    /// Whether the subject's chart is restricted, where that is known.
    pub restricted: Option<bool>,
    /// How the actor stood to the subject then, where that is known.
    pub care: Option<Relation>,
}

impl Record {
    /// A text among the particulars.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.detail.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A number among the particulars.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.detail.get(name).and_then(Value::as_f64)
    }

    /// Whether what was asked for was done.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.outcome == "ok"
    }
}

/// A moment as RFC 3339 text in UTC; empty for a time outside the years 1 to 9999.
#[must_use]
pub fn iso(time_us: i64) -> String {
    jiff::Timestamp::from_microsecond(time_us).map(|moment| moment.to_string()).unwrap_or_default()
}
