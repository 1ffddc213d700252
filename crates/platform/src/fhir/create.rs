use serde_json::json;
use standards::fhir::outcome::IssueCode;
use store::sandbox::{Change, Stored};

use super::answer::Answer;
use super::context::Context;
use super::error::{FhirError, Refusal};
use super::guard::only_whole;
use super::interaction::Interaction;
use super::perform::granted;
use super::search::matches_of;
use super::write::{Sound, sound, store_next, subject_of};
use crate::ids::new_id;

/// A new resource under an id of the server's making (R4, 3.1.0.8), unless `if_none_exist` finds one already.
pub(super) fn create(
    context: &Context<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    body: &[u8],
    if_none_exist: Option<&str>,
) -> Result<Answer, FhirError> {
    let sound = sound(context, kind, body)?;
    context.access.change(asked.journal_kind(), |change| {
        create_in(context, change, asked, kind, &new_id(context.entropy), if_none_exist, &sound)
    })
}

/// The same inside an open transaction, under an id chosen by the caller.
pub(super) fn create_in(
    context: &Context<'_>,
    change: &mut Change<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    id: &str,
    if_none_exist: Option<&str>,
    sound: &Sound<'_>,
) -> Result<Answer, FhirError> {
    if let Some(condition) = if_none_exist
        && let Some(existing) = the_one(context, change, kind, condition)?
    {
        return found(context, change, asked, existing);
    }
    Ok(Answer::Created(store_next(context, change, asked, id, 0, sound)?))
}

/// The answer when there is such a resource already: it, and a journal entry that says so.
pub(super) fn found(
    context: &Context<'_>,
    change: &mut Change<'_>,
    asked: &Interaction<'_>,
    existing: Stored,
) -> Result<Answer, FhirError> {
    let subject = subject_of(&existing.kind, &existing.id, &existing.body);
    let more = [("id", json!(existing.id)), ("version", json!(existing.version)), ("existed", json!(true))];
    change.note(&granted(context, asked, subject, &more))?;
    Ok(Answer::Resource(existing))
}

/// The only resource a condition finds, or none.
pub(super) fn the_one(
    context: &Context<'_>,
    change: &Change<'_>,
    kind: &str,
    condition: &str,
) -> Result<Option<Stored>, FhirError> {
    only_whole(context, kind)?;
    let mut found = matches_of(context, change.view(), kind, condition, 2)?;
    if found.len() > 1 {
        let what = format!("more than one {kind} meets the condition '{condition}'; make it select one");
        return Err(FhirError::new(Refusal::Ambiguous, IssueCode::MultipleMatches, what));
    }
    Ok(found.pop())
}
