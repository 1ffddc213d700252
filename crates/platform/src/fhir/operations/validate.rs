use serde_json::Value;
use standards::fhir::definitions::Definitions;
use standards::fhir::json;
use standards::fhir::outcome::{Issue, IssueCode, Severity, outcome};
use standards::fhir::validation::validate as check;

use super::place::Place;
use super::table::Ask;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::read::alive;

/// `$validate`: whether a resource keeps the rules of its type. What is wrong is an answer, not a refusal.
pub(super) fn validate(ask: &Ask<'_>) -> Result<Value, FhirError> {
    let resource = resource(ask)?;
    let mut issues = check(Definitions::r4(), &resource);
    if let Some(kind) = ask.place.kind().filter(|kind| resource["resourceType"] != *kind) {
        let found = resource["resourceType"].as_str().unwrap_or_default();
        issues.push(Issue {
            severity: Severity::Error,
            code: IssueCode::Invalid,
            diagnostics: format!("this is a {found}; {kind}/$validate checks resources of the type {kind}"),
            expression: Some(format!("{found}.resourceType")),
        });
    }
    if issues.is_empty() {
        issues.push(Issue {
            severity: Severity::Information,
            code: IssueCode::Informational,
            diagnostics: "nothing is wrong with this resource".to_owned(),
            expression: None,
        });
    }
    Ok(outcome(&issues))
}

/// The resource to look at: the one given, or the stored one that the address names.
fn resource(ask: &Ask<'_>) -> Result<Value, FhirError> {
    if let Some(given) = ask.input.value("resource")? {
        return Ok(given.clone());
    }
    let Place::Instance(kind, id) = ask.place else {
        let what = "nothing to validate: send the resource, or Parameters with one called 'resource'";
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Required, what));
    };
    let stored = alive(ask.view.get(kind, id)?, kind, id)?;
    json::parse(&stored.body, ask.context.limits)
        .map_err(|issue| FhirError { refusal: Refusal::Internal, issues: vec![issue] })
}
