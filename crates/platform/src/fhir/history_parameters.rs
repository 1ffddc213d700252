use standards::fhir::instant;
use standards::fhir::outcome::IssueCode;
use standards::fhir::search::span;

use super::error::{FhirError, Refusal};

/// Which versions a history lists (R4, 3.1.0.11).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HistoryParameters {
    /// At most so many on a page.
    pub count: Option<usize>,
    /// Only versions from this moment on, microseconds since 1970 UTC.
    pub since_us: Option<i64>,
    /// Only versions that were current at some moment of this date or time, which may be partial.
    pub at: Option<String>,
    /// Where the page starts: what an earlier page's link carried.
    pub cursor: Option<String>,
}

impl HistoryParameters {
    /// Reads the parameters of an address, decoded; others are passed over.
    ///
    /// # Errors
    /// When one of them has a value that it cannot have.
    pub fn read(pairs: &[(String, String)]) -> Result<Self, FhirError> {
        let mut parameters = Self::default();
        for (name, value) in pairs {
            let bad = |rule: &str| bad(name, value, rule);
            match name.as_str() {
                "_count" => {
                    parameters.count = Some(value.parse().map_err(|_| bad("a whole number"))?);
                }
                "_since" => {
                    let since_us = instant::parse(value).ok_or_else(|| bad("an instant with a zone"))?;
                    parameters.since_us = Some(since_us);
                }
                "_at" => {
                    span(value).ok_or_else(|| bad("a date or a date with a time"))?;
                    parameters.at = Some(value.clone());
                }
                "_cursor" => parameters.cursor = Some(value.clone()),
                _ => {}
            }
        }
        Ok(parameters)
    }

    /// The moments that `at` stands for.
    pub(super) fn at_us(&self) -> Result<Option<(i64, i64)>, FhirError> {
        let Some(at) = &self.at else { return Ok(None) };
        span(at).map(Some).ok_or_else(|| bad("_at", at, "a date or a date with a time"))
    }

    /// What a link to another page carries, but for where it starts.
    pub(super) fn applied(&self, count: usize) -> Vec<(String, String)> {
        let mut applied = vec![("_count".to_owned(), count.to_string())];
        applied.extend(self.since_us.map(|since_us| ("_since".to_owned(), instant::format(since_us))));
        applied.extend(self.at.clone().map(|at| ("_at".to_owned(), at)));
        applied
    }
}

fn bad(name: &str, value: &str, rule: &str) -> FhirError {
    let what = format!("parameter '{name}' is '{value}'; it must be {rule}");
    FhirError::new(Refusal::Malformed, IssueCode::Value, what)
}
