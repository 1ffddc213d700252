//! What every way of writing shares: reading a body, checking it, and storing the next version.

use serde::Deserialize;
use serde_json::{Value, json};
use standards::fhir::definitions::Definitions;
use standards::fhir::json;
use standards::fhir::outcome::{Issue, IssueCode, Severity};
use standards::fhir::resource::{Stamp, stamp};
use standards::fhir::search::extract;
use standards::fhir::validation::validate;
use store::sandbox::{Change, Put, Stored};

use super::context::Context;
use super::error::{FhirError, Refusal};
use super::guard::written;
use super::interaction::Interaction;
use super::perform::granted;
use crate::messages::{prepare, tell};

/// A body that may be stored: understood and found sound.
pub(super) struct Sound<'a> {
    pub(super) source: &'a [u8],
    pub(super) value: Value,
}

/// Refuses what is not a resource type of R4.
pub(super) fn check_type(kind: &str) -> Result<(), FhirError> {
    if Definitions::r4().is_resource(kind) { Ok(()) } else { Err(FhirError::unknown_type(kind)) }
}

/// Reads and checks a body that must be a resource of type `kind`.
pub(super) fn sound<'a>(context: &Context<'_>, kind: &str, body: &'a [u8]) -> Result<Sound<'a>, FhirError> {
    check_type(kind)?;
    let value = json::parse(body, context.limits)
        .map_err(|issue| FhirError { refusal: Refusal::Malformed, issues: vec![issue] })?;
    let found = value.get("resourceType").and_then(Value::as_str);
    if found != Some(kind) {
        let found = found.map_or("no resourceType".to_owned(), |found| format!("resourceType '{found}'"));
        let what = format!("the body has {found}, but it was sent to {kind}");
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Invalid, what));
    }
    let issues = validate(Definitions::r4(), &value);
    if issues.iter().any(|issue| issue.severity <= Severity::Error) {
        return Err(FhirError { refusal: Refusal::Unprocessable, issues });
    }
    Ok(Sound { source: body, value })
}

/// Stores the version after `last_version`, with its index and its journal entry.
pub(super) fn store_next(
    context: &Context<'_>,
    change: &mut Change<'_>,
    asked: &Interaction<'_>,
    id: &str,
    last_version: u64,
    sound: &Sound<'_>,
) -> Result<Stored, FhirError> {
    let kind = sound.value["resourceType"].as_str().unwrap_or_default();
    let is_new = match asked {
        Interaction::Create { .. } => true,
        _ => change.view().get(kind, id)?.is_none_or(|stored| stored.deleted),
    };
    written(context, (kind, id), &sound.value, !is_new)?;
    let version = last_version + 1;
    let updated_us = context.access.virtual_us();
    let body = stamp(sound.source, &Stamp { id, version, last_updated_us: updated_us })
        .map_err(|issue| FhirError { refusal: Refusal::Malformed, issues: vec![issue] })?;
    let index = extract(&sound.value);
    let method = match asked {
        Interaction::Create { .. } => "POST",
        Interaction::Patch { .. } | Interaction::ConditionalPatch { .. } => "PATCH",
        _ => "PUT",
    };
    let mut written = sound.value.clone();
    written["id"] = id.into();
    let news = prepare(context.access, change, &written, last_version)?;
    let subject = subject_of(kind, id, &body);
    let event = granted(context, asked, subject, &[("id", json!(id)), ("version", json!(version))]);
    change.put(&Put { kind, id, version, updated_us, method, body: &body, index: &index }, &event)?;
    if let Some(news) = news {
        tell(context.access, change, news, &written)?;
    }
    Ok(Stored {
        kind: kind.to_owned(),
        id: id.to_owned(),
        version,
        updated_us,
        deleted: false,
        method: method.to_owned(),
        body,
    })
}

/// The patient a resource is about, as `Patient/ID`: itself, or who its `subject` or `patient` element names.
pub(super) fn subject_of(kind: &str, id: &str, body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Link {
        #[serde(default)]
        reference: Option<String>,
    }
    #[derive(Deserialize)]
    struct About {
        #[serde(default)]
        subject: Option<Link>,
        #[serde(default)]
        patient: Option<Link>,
    }
    if kind == "Patient" {
        return Some(format!("Patient/{id}"));
    }
    let about: About = serde_json::from_slice(body).ok()?;
    let reference = about.subject.or(about.patient)?.reference?;
    reference.starts_with("Patient/").then_some(reference)
}

/// Refuses an id that no resource may have.
pub(super) fn check_id(id: &str) -> Result<(), FhirError> {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if (1..=64).contains(&id.len()) && id.chars().all(good) {
        return Ok(());
    }
    let what = format!("'{id}' cannot be an id: 1 to 64 letters, digits, hyphens and dots");
    Err(FhirError::new(Refusal::Malformed, IssueCode::Value, what))
}

/// Refuses a write that was made against another version than the current one.
pub(super) fn check_match(
    kind: &str,
    id: &str,
    if_match: Option<u64>,
    last_version: u64,
) -> Result<(), FhirError> {
    let Some(wanted) = if_match.filter(|wanted| *wanted != last_version) else { return Ok(()) };
    let what = format!(
        "{kind}/{id} is at version {last_version}, and the request was made for version {wanted}; read it again, \
         apply your change to what is there now, and send that"
    );
    let issue = Issue {
        severity: Severity::Error,
        code: IssueCode::Conflict,
        diagnostics: what,
        expression: Some(format!("{kind}.meta.versionId")),
    };
    Err(FhirError { refusal: Refusal::VersionMismatch, issues: vec![issue] })
}
