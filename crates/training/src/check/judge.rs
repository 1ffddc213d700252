//! From what was observed to a verdict.

use standards::fhir::path::FhirPath;

use super::{
    Verdict, answer, bedside, channel, fhir, flow, http, journal, ledger, message, meter, reach, record,
    release, rows, service, support,
};
use crate::facts::Observed;
use crate::lab::{Check, CheckKind, Modifier};
use crate::text::{Escape, Values, fill};

/// Judges a check. `observed` answers its requests (see [`super::requests`]), in the same order.
///
/// What could not be looked up is never taken as passed.
#[must_use]
pub fn judge(check: &Check, values: &Values, observed: &[Observed], path: &dyn FhirPath) -> Verdict {
    let failed = observed.iter().find_map(|one| match one {
        Observed::Failed(why) => Some(why.clone()),
        _ => None,
    });
    let finding = match failed {
        Some(why) => Err(why),
        None => match &check.kind {
            CheckKind::Fhir { search, for_each, expect, observe } => {
                let test =
                    fhir::Test { search, for_each: for_each.as_deref(), expect, observe: observe.as_deref() };
                fhir::judge(&test, values, observed, path)
            }
            CheckKind::Journal { filter, expect } => journal::judge(filter, expect, values, observed),
            CheckKind::Http(probe) => http::judge(probe, values, observed, path),
            CheckKind::Support(test) => support::judge(test, observed),
            CheckKind::Service(test) => service::judge(test, values, observed),
            CheckKind::Message(test) => message::judge(test, values, observed),
            CheckKind::Record(test) => record::judge(test, values, observed),
            CheckKind::Rows(test) => rows::judge(test, values, observed),
            CheckKind::Release(test) => release::judge(test, values, observed),
            CheckKind::Channel(test) => channel::judge(test, values, observed, path),
            CheckKind::Reach(test) => reach::judge(test, values, observed),
            CheckKind::Security(test) => meter::judge(test, observed),
            CheckKind::Flow(test) => flow::judge(test, observed),
            CheckKind::Bedside(test) => bedside::judge(test, observed),
            CheckKind::Ledger(test) => ledger::judge(test, observed),
            CheckKind::Answer { truth, score, .. } => answer::judge(truth, *score, values, observed, path),
        },
    };
    verdict(check, values, finding)
}

/// What a judge of one kind found.
pub(super) struct Finding {
    pub(super) passed: bool,
    pub(super) observed: String,
    pub(super) location: Option<String>,
    pub(super) detail: String,
}

fn verdict(check: &Check, values: &Values, finding: Result<Finding, String>) -> Verdict {
    let expected = fill(&check.title, values, Escape::Plain).unwrap_or_else(|_| check.title.clone());
    let finding = finding.unwrap_or_else(|why| Finding {
        passed: false,
        observed: "This could not be looked up just now.".to_owned(),
        location: None,
        detail: why,
    });
    let observed = match (&check.say, check.modifier) {
        (Some(say), Modifier::Never) if !finding.passed => {
            let say = fill(say, values, Escape::Plain).unwrap_or_else(|_| say.clone());
            format!("{say} {}", finding.observed)
        }
        _ => finding.observed,
    };
    Verdict { passed: finding.passed, expected, observed, location: finding.location, detail: finding.detail }
}
