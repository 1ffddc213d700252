use identity::scope::Permissions;
use serde_json::Value;
use standards::fhir::outcome::IssueCode;
use store::sandbox::Change;

use super::answer::Answer;
use super::context::Context;
use super::error::{FhirError, Refusal};
use super::guard;
use super::interaction::Interaction;
use super::write::{Sound, check_id, check_match, sound, store_next};

/// A new version of a resource, or its first under the client's id (R4, 3.1.0.4 and 3.1.0.4.1).
pub(super) fn update(
    context: &Context<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    id: &str,
    body: &[u8],
    if_match: Option<u64>,
) -> Result<Answer, FhirError> {
    let sound = sound(context, kind, body)?;
    context
        .access
        .change(asked.journal_kind(), |change| update_in(context, change, asked, kind, id, if_match, &sound))
}

/// The same inside an open transaction.
pub(super) fn update_in(
    context: &Context<'_>,
    change: &mut Change<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    id: &str,
    if_match: Option<u64>,
    sound: &Sound<'_>,
) -> Result<Answer, FhirError> {
    check_id(id)?;
    check_same_id(kind, id, &sound.value)?;
    let before = change.view().get(kind, id)?;
    if let Some(before) = &before {
        guard::before(context, before, Permissions::UPDATE)?;
    }
    let last_version = before.as_ref().map_or(0, |stored| stored.version);
    check_match(kind, id, if_match, last_version)?;
    let stored = store_next(context, change, asked, id, last_version, sound)?;
    let existed = before.is_some_and(|before| !before.deleted);
    Ok(if existed { Answer::Updated(stored) } else { Answer::Created(stored) })
}

/// The body must carry the id of the address it is sent to.
fn check_same_id(kind: &str, id: &str, value: &Value) -> Result<(), FhirError> {
    match value.get("id").and_then(Value::as_str) {
        Some(found) if found == id => Ok(()),
        Some(found) => {
            let what = format!("the body's id is '{found}', but it was sent to {kind}/{id}");
            Err(FhirError::new(Refusal::Malformed, IssueCode::Invalid, what))
        }
        None => {
            let what = format!("the body has no id; an update to {kind}/{id} must carry \"id\": \"{id}\"");
            Err(FhirError::new(Refusal::Malformed, IssueCode::Required, what))
        }
    }
}
