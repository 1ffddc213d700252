//! Checks of what a hospital is, whoever it belongs to: an attempt's, or a team's.

use training::check::{Request, Verdict, judge, requests};
use training::facts::{Entry, Observed};
use training::lab::{Check, CheckKind, Filter};
use training::text::Values;

use super::{facts, search};
use crate::access::Access;
use crate::engine::tried;
use crate::messages::{accepted, records_of};
use crate::platform::Platform;

/// A hospital that is looked at, and by whom its work was done. Nothing here changes it.
pub(crate) struct Looking<'a> {
    pub(crate) platform: &'a Platform,
    /// The way in that is used for looking.
    pub(crate) access: &'a Access,
    /// Knows those by their logins whose work it is; a check calls each of them `learner`.
    pub(crate) is_learner: &'a dyn Fn(&str) -> bool,
    /// What checks may name.
    pub(crate) values: &'a Values,
}

/// Whether a check of this kind asks of the hospital alone, and not of an attempt or of a program beside it.
pub(crate) fn is_of_a_hospital(kind: &CheckKind) -> bool {
    matches!(
        kind,
        CheckKind::Fhir { .. }
            | CheckKind::Journal { .. }
            | CheckKind::Message(_)
            | CheckKind::Record(_)
            | CheckKind::Channel(_)
    )
}

impl Looking<'_> {
    /// Looks up what a check asks for and judges it.
    pub(crate) fn judge(&self, check: &Check) -> Verdict {
        let observed = match requests(check, self.values) {
            Ok(requests) => requests.iter().map(|request| self.observe(request)).collect(),
            Err(error) => vec![Observed::Failed(error.to_string())],
        };
        judge(check, self.values, &observed, &self.platform.fhirpath)
    }

    fn observe(&self, request: &Request) -> Observed {
        let base_url = self.values.get("fhir").and_then(serde_json::Value::as_str).unwrap_or_default();
        let observed = match request {
            Request::Journal { filters } => facts::entries(self.access, self.is_learner)
                .map(|entries| meant(&entries, filters))
                .map_err(|error| error.to_string()),
            other => look_up(self.platform, self.access, base_url, other),
        };
        observed.unwrap_or_else(Observed::Failed)
    }
}

/// The entries that one of the filters means.
pub(super) fn meant(entries: &[Entry], filters: &[Filter]) -> Observed {
    let meant = |entry: &&Entry| filters.iter().any(|filter| filter.matches(entry));
    Observed::Entries(entries.iter().filter(meant).cloned().collect())
}

/// Looks up what can be known of any hospital.
///
/// # Errors
/// Why it cannot be known, in plain words; also for what only an attempt can answer.
pub(super) fn look_up(
    platform: &Platform,
    access: &Access,
    base_url: &str,
    request: &Request,
) -> Result<Observed, String> {
    match request {
        Request::Search { url } => search::search(platform, access, base_url, url).map(Observed::Bundle),
        Request::Messages { system } => {
            accepted(access, system).map(Observed::Messages).map_err(|error| error.to_string())
        }
        Request::Records { system, kind } => {
            records_of(access, system, kind).map(Observed::Records).map_err(|error| error.to_string())
        }
        Request::Try { channel, messages } => tried(platform, access, channel, messages)
            .map(Observed::Carried)
            .map_err(|error| error.to_string()),
        _ => Err("only an attempt at a lab can answer this".to_owned()),
    }
}
