//! Looking up what a check asks for, and judging it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use store::records::Person;
use training::check::{self, Request, Verdict, requests};
use training::facts::{Entry, Observed};
use training::lab::{Check, Role};

use super::case::Case;
use super::error::LabError;
use super::hands::{Errand, Hands};
use super::{facts, search};
use crate::access::Access;
use crate::ehr::support::interrupted;
use crate::live::accepted;
use crate::platform::Platform;

/// An attempt's hospital while its checks are judged. Nothing here changes it.
pub(super) struct Scene<'a> {
    platform: &'a Platform,
    case: &'a Case,
    access: Access,
    hands: &'a dyn Hands,
    learner: Person,
    answers: BTreeMap<String, String>,
    entries: OnceCell<Vec<Entry>>,
}

/// A check as it was judged, with all that the verdict rests on.
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) observed: Vec<Observed>,
}

impl<'a> Scene<'a> {
    pub(super) fn open(
        platform: &'a Platform,
        case: &'a Case,
        hands: &'a dyn Hands,
    ) -> Result<Self, LabError> {
        let learner = platform.records.person(&case.attempt.person)?;
        let learner = learner.ok_or_else(|| LabError::NotYours(case.id().clone()))?;
        let answers = platform.records.answer_latest(case.id())?;
        Ok(Self {
            platform,
            case,
            access: platform.grader_access(case)?,
            hands,
            learner,
            answers: answers.into_iter().map(|answer| (answer.check, answer.value)).collect(),
            entries: OnceCell::new(),
        })
    }

    /// The way in that is used for looking.
    pub(super) fn access(&self) -> &Access {
        &self.access
    }

    /// Looks up what a check asks for and judges it.
    pub(super) fn judge(&self, check: &Check) -> Judged {
        let observed = match requests(check, &self.case.values) {
            Ok(requests) => requests.iter().map(|request| self.observe(request)).collect(),
            Err(error) => vec![Observed::Failed(error.to_string())],
        };
        let verdict = check::judge(check, &self.case.values, &observed, &self.platform.fhirpath);
        Judged { verdict, observed }
    }

    /// The true answer to a question, item by item; nothing for other checks.
    pub(super) fn truth(&self, check: &Check, judged: &Judged) -> Vec<String> {
        check::truth(check, &self.case.values, &judged.observed, &self.platform.fhirpath)
            .and_then(Result::ok)
            .unwrap_or_default()
    }

    fn observe(&self, request: &Request) -> Observed {
        let observed = match request {
            Request::Search { url } => {
                search::search(self.platform, &self.access, self.case.base_url(), url).map(Observed::Bundle)
            }
            Request::Journal { filters } => self.entries().map(|entries| {
                let meant = |entry: &&Entry| filters.iter().any(|filter| filter.matches(entry));
                Observed::Entries(entries.iter().filter(meant).cloned().collect())
            }),
            Request::Http { role, method, path, body } => self.probe(*role, method, path, body.as_ref()),
            Request::Messages { system } => {
                accepted(&self.access, system).map(Observed::Messages).map_err(|error| error.to_string())
            }
            Request::Support { orders } => interrupted(&self.access, orders).map(Observed::Interrupted),
            Request::Answer { check } => Ok(Observed::Answer(self.answers.get(check).cloned())),
        };
        observed.unwrap_or_else(Observed::Failed)
    }

    fn entries(&self) -> Result<&[Entry], String> {
        if let Some(entries) = self.entries.get() {
            return Ok(entries);
        }
        let entries = facts::entries(&self.access, &self.learner).map_err(|error| error.to_string())?;
        Ok(self.entries.get_or_init(|| entries))
    }

    fn probe(
        &self,
        role: Role,
        method: &str,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> Result<Observed, String> {
        let person = self.platform.cast(role, &self.learner).map_err(|error| error.to_string())?;
        let reply = self.hands.call(&Errand {
            sandbox: self.access.sandbox().id(),
            person: person.as_ref(),
            method,
            path,
            headers: &[],
            body,
            probing: true,
        })?;
        Ok(Observed::Reply { status: reply.status, body: reply.body })
    }
}
