use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::Value;

use crate::wire::Limits;
use crate::wire::http::Client;

/// What a run carries from test to test.
pub(super) struct Bag {
    pub(super) limits: Limits,
    pub(super) http: Client,
    /// Inputs and outputs by name.
    pub(super) values: BTreeMap<String, String>,
    /// Resources that were seen, by a name that tests agree on.
    pub(super) seen: BTreeMap<String, Vec<Value>>,
    /// Exchanges that later tests use again.
    pub(super) named: BTreeMap<String, Vec<usize>>,
    /// How many exchanges in a row went without an answer.
    pub(super) silences: usize,
    pub(super) began: Instant,
}

impl Bag {
    pub(super) fn new(limits: Limits, values: BTreeMap<String, String>) -> Self {
        Self {
            limits,
            http: Client::new(&limits),
            values,
            seen: BTreeMap::new(),
            named: BTreeMap::new(),
            silences: 0,
            began: Instant::now(),
        }
    }

    /// Why nothing more is asked, if so.
    pub(super) fn exhausted(&self, exchanges: usize) -> Option<String> {
        if self.silences >= self.limits.silences_max {
            let text = format!(
                "the server did not answer {} times in a row, so nothing more is asked",
                self.silences
            );
            return Some(text);
        }
        if exchanges >= self.limits.exchanges_max {
            return Some(format!("the run has had its {exchanges} exchanges, so nothing more is asked"));
        }
        let minutes = self.limits.run.as_secs() / 60;
        (self.began.elapsed() > self.limits.run)
            .then(|| format!("the run has had its {minutes} minutes, so nothing more is asked"))
    }
}
