//! Looking up what a check asks for, and judging it.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use serde_json::Value;
use store::records::Person;
use training::check::{self, Request, Verdict, requests};
use training::facts::{Entry, Observed};
use training::lab::{Check, Role};

use super::case::Case;
use super::error::LabError;
use super::hands::{Errand, Hands};
use super::look::{look_up, meant};
use super::seed::seed_of;
use super::{facts, reach};
use crate::access::Access;
use crate::cds_client::tried as advice;
use crate::chains;
use crate::ehr::support::interrupted;
use crate::flow;
use crate::incidents::measured;
use crate::models::looked;
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
    /// What services said and questions answered already: several checks look at the same.
    known: RefCell<Vec<(Request, Observed)>>,
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
            known: RefCell::default(),
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
            Request::Journal { filters } => self.entries().map(|entries| meant(entries, filters)),
            Request::Http { role, method, path, body } => self.probe(*role, method, path, body.as_ref()),
            Request::Reach { app, tried } => {
                reach::reached(self.platform, &self.access, self.case.base_url(), app, tried)
                    .map(Observed::Reached)
            }
            Request::Meter(meter) => measured(self.platform, &self.access, *meter)
                .map(|(reading, said)| Observed::Metered { reading, said })
                .map_err(|error| error.to_string()),
            Request::Rows { question, truth } => self.once(request, || {
                let seen = self.platform.judged_question(&self.access, question, truth);
                seen.map(Observed::Rows).map_err(|error| error.to_string())
            }),
            Request::Release(protocol) => self.once(request, || {
                let looked = self.platform.attacked_release(&self.access, protocol);
                looked.map(Observed::Released).map_err(|error| error.to_string())
            }),
            Request::Bedside { model, needs } => self.once(request, || {
                let seed = seed_of(self.case.attempt.seed).draw("bedside/drawn");
                looked(self.platform, &self.access, (model, needs), seed)
                    .map(Observed::AtBedside)
                    .map_err(|error| error.to_string())
            }),
            Request::Flow(measure) => {
                let seed = seed_of(self.case.attempt.seed).draw("flow/hidden");
                flow::hidden(self.platform, &self.access, *measure, seed)
                    .map(|(reading, said)| Observed::Metered { reading, said })
                    .map_err(|error| error.to_string())
            }
            Request::Support { orders } => interrupted(&self.access, orders).map(Observed::Interrupted),
            Request::Chain(test) => chains::observe(self.platform, &self.access, test).map(Observed::OnChain),
            Request::Advise { hook, orders, fetched } => self.once(request, || {
                let base_url = self.case.base_url();
                advice(self.platform, &self.access, base_url, hook, orders, *fetched).map(Observed::Advised)
            }),
            Request::Answer { check } => Ok(Observed::Answer(self.answers.get(check).cloned())),
            of_a_hospital => look_up(self.platform, &self.access, self.case.base_url(), of_a_hospital),
        };
        observed.unwrap_or_else(Observed::Failed)
    }

    /// What was observed for a request, looked up once while checks are judged.
    fn once(
        &self,
        request: &Request,
        look: impl FnOnce() -> Result<Observed, String>,
    ) -> Result<Observed, String> {
        if let Some((_, known)) = self.known.borrow().iter().find(|(asked, _)| asked == request) {
            return Ok(known.clone());
        }
        let observed = look()?;
        self.known.borrow_mut().push((request.clone(), observed.clone()));
        Ok(observed)
    }

    fn entries(&self) -> Result<&[Entry], String> {
        if let Some(entries) = self.entries.get() {
            return Ok(entries);
        }
        let entries = facts::entries(&self.access, &|actor| actor == self.learner.login)
            .map_err(|error| error.to_string())?;
        Ok(self.entries.get_or_init(|| entries))
    }

    fn probe(&self, role: Role, method: &str, path: &str, body: Option<&Value>) -> Result<Observed, String> {
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
