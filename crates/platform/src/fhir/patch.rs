use identity::scope::Permissions;
use serde_json::Value;
use standards::fhir::outcome::{Issue, IssueCode};
use standards::fhir::patch::{PatchError, Reason, apply};
use store::sandbox::{Change, Stored};

use super::answer::Answer;
use super::context::Context;
use super::error::{FhirError, Refusal};
use super::guard::{before, in_sight};
use super::interaction::Interaction;
use super::read::alive;
use super::write::{check_match, check_type, sound, store_next};

/// The next version of a resource, made from the current one by a JSON Patch (R4, 3.1.0.6).
pub(super) fn patch(
    context: &Context<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    id: &str,
    patch: &[u8],
    if_match: Option<u64>,
) -> Result<Answer, FhirError> {
    check_type(kind)?;
    context.access.change(asked.journal_kind(), |change| {
        let stored = alive(in_sight(context, change.view().get(kind, id)?), kind, id)?;
        patch_in(context, change, asked, stored, patch, if_match)
    })
}

/// The same inside an open transaction, on what is there.
pub(super) fn patch_in(
    context: &Context<'_>,
    change: &mut Change<'_>,
    asked: &Interaction<'_>,
    stored: Stored,
    patch: &[u8],
    if_match: Option<u64>,
) -> Result<Answer, FhirError> {
    before(context, &stored, Permissions::READ | Permissions::UPDATE)?;
    let Stored { kind, id, version, body, .. } = stored;
    check_match(&kind, &id, if_match, version)?;
    let body = apply(patch, &body, context.limits).map_err(|error| refusal(&error))?;
    let sound = sound(context, &kind, &body).map_err(|error| spoilt(error, &kind, &id))?;
    if sound.value.get("id").and_then(Value::as_str) != Some(id.as_str()) {
        let what = format!("a patch cannot change or remove the id of {kind}/{id}");
        return Err(FhirError::new(Refusal::Unprocessable, IssueCode::Invalid, what));
    }
    Ok(Answer::Updated(store_next(context, change, asked, &id, version, &sound)?))
}

/// Why a patch was not applied.
fn refusal(error: &PatchError) -> FhirError {
    let (refusal, code) = match error.reason {
        Reason::Malformed => (Refusal::Malformed, IssueCode::Invalid),
        Reason::NotThere => (Refusal::Unprocessable, IssueCode::NotFound),
        Reason::TestFailed => (Refusal::Conflict, IssueCode::Conflict),
        Reason::TooLarge => (Refusal::Malformed, IssueCode::TooCostly),
    };
    let place = error.operation.map(|at| format!("patch[{at}]"));
    let issue = Issue::error(code, error.to_string());
    FhirError { refusal, issues: vec![Issue { expression: place, ..issue }] }
}

/// A patch that could be applied, but leaves something that may not be stored.
fn spoilt(mut error: FhirError, kind: &str, id: &str) -> FhirError {
    error.refusal = Refusal::Unprocessable;
    for issue in &mut error.issues {
        issue.diagnostics = format!("patched so, {kind}/{id} could not be stored: {}", issue.diagnostics);
    }
    error
}
