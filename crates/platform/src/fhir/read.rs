use serde_json::json;
use standards::fhir::outcome::IssueCode;
use store::journal::NewEntry;
use store::sandbox::{Stored, View};

use super::answer::Answer;
use super::context::Context;
use super::error::{FhirError, Refusal};
use super::guard::in_sight;
use super::interaction::Interaction;
use super::perform::granted;
use super::write::{check_type, subject_of};

/// The newest version (R4, 3.1.0.1).
pub(super) fn read(
    context: &Context<'_>,
    view: View<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    id: &str,
    known_version: Option<u64>,
) -> Result<(Answer, NewEntry), FhirError> {
    check_type(kind)?;
    let found = in_sight(context, view.get(kind, id)?);
    let stored = alive(found, kind, id)?;
    let event = seen(context, asked, &stored);
    if known_version == Some(stored.version) {
        return Ok((Answer::NotModified(stored), event));
    }
    Ok((Answer::Resource(stored), event))
}

/// A named version (R4, 3.1.0.2).
pub(super) fn vread(
    context: &Context<'_>,
    view: View<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    id: &str,
    version: &str,
) -> Result<(Answer, NewEntry), FhirError> {
    check_type(kind)?;
    let number = version.parse().ok().filter(|number: &u64| number.to_string() == version);
    let found = number.map(|number| view.version(kind, id, number)).transpose()?.flatten();
    let stored = in_sight(context, found).ok_or_else(|| no_version(kind, id, version))?;
    if stored.deleted {
        return Err(gone(&stored));
    }
    let event = seen(context, asked, &stored);
    Ok((Answer::Resource(stored), event))
}

/// A resource that is there now, or the right refusal.
pub(crate) fn alive(found: Option<Stored>, kind: &str, id: &str) -> Result<Stored, FhirError> {
    match found {
        None => Err(FhirError::not_found(kind, id)),
        Some(stored) if stored.deleted => Err(gone(&stored)),
        Some(stored) => Ok(stored),
    }
}

fn seen(context: &Context<'_>, asked: &Interaction<'_>, stored: &Stored) -> NewEntry {
    let more = [("version", json!(stored.version))];
    granted(context, asked, subject_of(&stored.kind, &stored.id, &stored.body), &more)
}

fn gone(stored: &Stored) -> FhirError {
    let what = format!(
        "{}/{} was deleted (version {}); its history still has what it was",
        stored.kind, stored.id, stored.version
    );
    FhirError::new(Refusal::Gone, IssueCode::Deleted, what)
}

fn no_version(kind: &str, id: &str, version: &str) -> FhirError {
    let what = format!("{kind}/{id} has no version '{version}'; its history lists those it has");
    FhirError::new(Refusal::NotFound, IssueCode::NotFound, what)
}
