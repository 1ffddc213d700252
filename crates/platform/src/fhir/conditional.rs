//! Writes to the only resource that meets a condition (R4, 3.1.0.4.3, 3.1.0.6.1 and 3.1.0.7.1). A condition that selects
//! several resources is refused whatever is asked for.

use serde_json::{Value, json};
use standards::fhir::outcome::IssueCode;
use store::sandbox::{Change, Stored};

use super::answer::Answer;
use super::context::Context;
use super::create::the_one;
use super::delete::delete_in;
use super::error::{FhirError, Refusal};
use super::interaction::Interaction;
use super::patch::patch_in;
use super::perform::granted;
use super::write::{Sound, check_id, check_type, sound, store_next};
use crate::ids::new_id;

/// The next version of what `condition` selects, or a new resource: under the id of its body, or under one of the
/// server's making.
pub(super) fn update(
    context: &Context<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    condition: &str,
    body: &[u8],
) -> Result<Answer, FhirError> {
    let sound = sound(context, kind, body)?;
    context.access.change(asked.journal_kind(), |change| {
        let found = the_one(context, change, kind, condition)?;
        update_found(context, change, asked, found.as_ref(), &new_id(context.entropy), &sound)
    })
}

/// The same inside an open transaction, when it is known what the condition selects.
pub(super) fn update_found(
    context: &Context<'_>,
    change: &mut Change<'_>,
    asked: &Interaction<'_>,
    found: Option<&Stored>,
    new_id: &str,
    sound: &Sound<'_>,
) -> Result<Answer, FhirError> {
    let kind = sound.value["resourceType"].as_str().unwrap_or_default();
    let own_id = sound.value.get("id").and_then(Value::as_str);
    let Some(found) = found else {
        let id = own_id.unwrap_or(new_id);
        check_id(id)?;
        let before = change.view().get(kind, id)?;
        if before.as_ref().is_some_and(|before| !before.deleted) {
            let what = format!(
                "the condition selects nothing, and the body has the id of {kind}/{id}, which does not meet it; \
                 leave the id out, or update {kind}/{id} itself"
            );
            return Err(FhirError::new(Refusal::Conflict, IssueCode::Conflict, what));
        }
        let last_version = before.map_or(0, |before| before.version);
        return Ok(Answer::Created(store_next(context, change, asked, id, last_version, sound)?));
    };
    if let Some(own_id) = own_id.filter(|own_id| *own_id != found.id) {
        let what = format!("the body's id is '{own_id}', but the condition selects {kind}/{}", found.id);
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Invalid, what));
    }
    Ok(Answer::Updated(store_next(context, change, asked, &found.id, found.version, sound)?))
}

/// What `condition` selects, changed by a patch.
pub(super) fn patch(
    context: &Context<'_>,
    asked: &Interaction<'_>,
    (kind, condition): (&str, &str),
    patch: &[u8],
    if_match: Option<u64>,
) -> Result<Answer, FhirError> {
    check_type(kind)?;
    context.access.change(asked.journal_kind(), |change| {
        let found = the_one(context, change, kind, condition)?;
        let found = found.ok_or_else(|| nothing(kind, condition))?;
        patch_in(context, change, asked, found, patch, if_match)
    })
}

/// The refusal of a patch for which there is no resource.
pub(super) fn nothing(kind: &str, condition: &str) -> FhirError {
    let what = format!("no {kind} meets the condition '{condition}', so there is nothing to patch");
    FhirError::new(Refusal::NotFound, IssueCode::NotFound, what)
}

/// A tombstone in the place of what `condition` selects. Where it selects nothing, nothing changes.
pub(super) fn delete(
    context: &Context<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    condition: &str,
) -> Result<Answer, FhirError> {
    check_type(kind)?;
    context.access.change(asked.journal_kind(), |change| {
        let found = the_one(context, change, kind, condition)?;
        delete_found(context, change, asked, found.as_ref())
    })
}

/// The same inside an open transaction, when it is known what the condition selects.
pub(super) fn delete_found(
    context: &Context<'_>,
    change: &mut Change<'_>,
    asked: &Interaction<'_>,
    found: Option<&Stored>,
) -> Result<Answer, FhirError> {
    match found {
        Some(found) => delete_in(context, change, asked, &found.kind, &found.id, None),
        None => {
            change.note(&granted(context, asked, None, &[("existed", json!(false))]))?;
            Ok(Answer::Deleted(0))
        }
    }
}
