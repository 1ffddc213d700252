use identity::scope::Permissions;
use serde_json::json;
use store::sandbox::{Change, Put};

use super::answer::Answer;
use super::context::Context;
use super::error::FhirError;
use super::guard;
use super::interaction::Interaction;
use super::perform::granted;
use super::write::{check_match, check_type, subject_of};

/// A tombstone in a resource's place (R4, 3.1.0.7). Deleting what is not there succeeds and changes nothing.
pub(super) fn delete(
    context: &Context<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    id: &str,
    if_match: Option<u64>,
) -> Result<Answer, FhirError> {
    check_type(kind)?;
    context
        .access
        .change(asked.journal_kind(), |change| delete_in(context, change, asked, kind, id, if_match))
}

/// The same inside an open transaction.
pub(super) fn delete_in(
    context: &Context<'_>,
    change: &mut Change<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    id: &str,
    if_match: Option<u64>,
) -> Result<Answer, FhirError> {
    let before = change.view().get(kind, id)?;
    if let Some(before) = &before {
        guard::before(context, before, Permissions::DELETE)?;
    }
    let last_version = before.as_ref().map_or(0, |stored| stored.version);
    check_match(kind, id, if_match, last_version)?;
    let Some(before) = before.filter(|before| !before.deleted) else {
        change.note(&granted(context, asked, None, &[("id", json!(id))]))?;
        return Ok(Answer::Deleted(last_version));
    };
    let version = last_version + 1;
    let subject = subject_of(kind, id, &before.body);
    let event = granted(context, asked, subject, &[("id", json!(id)), ("version", json!(version))]);
    let updated_us = context.access.virtual_us();
    change.put(&Put { kind, id, version, updated_us, method: "DELETE", body: &[], index: &[] }, &event)?;
    Ok(Answer::Deleted(version))
}
