use hospital::matching::Grade;
use standards::fhir::outcome::{Issue, IssueCode, Severity, outcome};

use super::table::Ask;
use crate::ehr::alike::candidates;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::page::{Page, link};

const PARAMETERS: &[&str] = &["resource", "onlyCertainMatches", "count"];
/// Matches given when the client does not say how many.
const COUNT_DEFAULT: usize = 20;
/// Matches given at most.
const COUNT_MAX: usize = 100;

/// `Patient/$match`: who in this hospital may be the person of a record, most likely first (R4, 8.1.17.2). How alike two
/// records are, [`hospital::matching`] says.
pub(super) fn match_patient(ask: &Ask<'_>) -> Result<Vec<u8>, FhirError> {
    ask.input.only(PARAMETERS)?;
    let resource = ask.input.value("resource")?.filter(|resource| resource["resourceType"] == "Patient");
    let Some(resource) = resource else {
        let what = "send a Patient, or Parameters with one called 'resource': who is to be found";
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Required, what));
    };
    let only_certain = ask.input.flag("onlyCertainMatches")?.unwrap_or_default();
    let count = ask.input.count("count")?.unwrap_or(COUNT_DEFAULT).min(COUNT_MAX);
    let mut found = candidates(ask.view, ask.context.access.virtual_us(), resource)?;
    let mut note = None;
    if only_certain {
        found.retain(|(score, _)| score.grade == Grade::Certain);
        if found.len() > 1 {
            found.clear();
            note = Some("several patients match as if each were the one; none is certain, so none is given");
        }
    }
    let address = link(ask.context.base_url, "Patient/$match", &[], None);
    let mut page = Page::new("searchset", Some(found.len() as u64), &[("self", address)]);
    for (score, stored) in found.iter().take(count) {
        let full_url = format!("{}/Patient/{}", ask.context.base_url, stored.id);
        page.candidate(&full_url, &stored.body, score.value, score.grade.code());
    }
    if let Some(what) = note {
        let issue = Issue::error(IssueCode::MultipleMatches, what);
        page.outcome(&outcome(&[Issue { severity: Severity::Warning, ..issue }]));
    }
    Ok(page.finish())
}
