//! Writes by the hospital's own hand, inside a change that does more than write one resource.

use serde_json::Value;
use standards::fhir::outcome::IssueCode;
use store::sandbox::{Change, Stored};

use super::answer::Answer;
use super::context::Context;
use super::create::create_in;
use super::delete::delete_in;
use super::error::{FhirError, Refusal};
use super::interaction::Interaction;
use super::update::update_in;
use super::write::sound;

/// Stores a new resource under the id it carries: checked, indexed and journalled like any create.
pub(crate) fn create_within(
    context: &Context<'_>,
    change: &mut Change<'_>,
    resource: &Value,
) -> Result<Stored, FhirError> {
    let (kind, id, body) = parts(resource);
    let asked = Interaction::Create { kind, body: &body, if_none_exist: None };
    let sound = sound(context, kind, &body)?;
    stored(create_in(context, change, &asked, kind, id, None, &sound)?)
}

/// Stores a resource's next version, against `if_match` where it is known: checked, indexed and journalled like any
/// update.
pub(crate) fn update_within(
    context: &Context<'_>,
    change: &mut Change<'_>,
    resource: &Value,
    if_match: Option<u64>,
) -> Result<Stored, FhirError> {
    let (kind, id, body) = parts(resource);
    let asked = Interaction::Update { kind, id, body: &body, if_match };
    let sound = sound(context, kind, &body)?;
    stored(update_in(context, change, &asked, kind, id, if_match, &sound)?)
}

/// Puts a tombstone in a resource's place, against `if_match` where it is known.
pub(crate) fn delete_within(
    context: &Context<'_>,
    change: &mut Change<'_>,
    kind: &str,
    id: &str,
    if_match: Option<u64>,
) -> Result<(), FhirError> {
    let asked = Interaction::Delete { kind, id, if_match };
    delete_in(context, change, &asked, kind, id, if_match).map(|_| ())
}

fn parts(resource: &Value) -> (&str, &str, Vec<u8>) {
    let text = |member: &str| resource.get(member).and_then(Value::as_str).unwrap_or_default();
    (text("resourceType"), text("id"), resource.to_string().into_bytes())
}

fn stored(answer: Answer) -> Result<Stored, FhirError> {
    match answer {
        Answer::Created(stored) | Answer::Updated(stored) | Answer::Resource(stored) => Ok(stored),
        Answer::Deleted(_) | Answer::NotModified(_) | Answer::Made(_) | Answer::Content { .. } => {
            let what = "a write gave no resource; nothing was changed";
            Err(FhirError::new(Refusal::Internal, IssueCode::Exception, what))
        }
    }
}
