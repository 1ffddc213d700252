use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;
use standards::fhir::json;
use standards::fhir::outcome::IssueCode;

use super::entry::{Entry, Request};
use super::patch::patch_in;
use super::{batch, transaction};
use crate::fhir::answer::Answer;
use crate::fhir::context::Context;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::give::Give;

/// Entries in one bundle at most.
const ENTRIES_MAX: usize = 5000;

#[derive(Deserialize)]
struct Shape<'a> {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(borrow, default)]
    entry: Vec<EntryShape<'a>>,
}

#[derive(Deserialize)]
struct EntryShape<'a> {
    #[serde(rename = "fullUrl")]
    full_url: Option<String>,
    #[serde(borrow)]
    resource: Option<&'a RawValue>,
    request: Option<RequestShape>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestShape {
    method: Option<String>,
    url: Option<String>,
    if_match: Option<String>,
    if_none_match: Option<String>,
    if_none_exist: Option<String>,
}

/// Processes a Bundle that was sent to the service base; what its entries wrote is given back as wished.
pub(in crate::fhir) fn process(context: &Context<'_>, body: &[u8], give: Give) -> Result<Answer, FhirError> {
    let value = json::parse(body, context.limits)
        .map_err(|issue| FhirError { refusal: Refusal::Malformed, issues: vec![issue] })?;
    if value.get("resourceType").and_then(serde_json::Value::as_str) != Some("Bundle") {
        return Err(malformed("only a Bundle of type batch or transaction may be sent to the service base"));
    }
    let shape: Shape<'_> = serde_json::from_slice(body)
        .map_err(|error| malformed(&format!("this Bundle cannot be read: {error}")))?;
    if shape.entry.len() > ENTRIES_MAX {
        let what = format!("a Bundle may have {ENTRIES_MAX} entries; this one has {}", shape.entry.len());
        return Err(FhirError::new(Refusal::Malformed, IssueCode::TooCostly, what));
    }
    let entries = shape.entry.into_iter();
    match shape.kind.as_deref() {
        Some("batch") => {
            let entries: Vec<_> = entries.map(read_entry).collect();
            Ok(Answer::Made(batch::run(context, &entries, give)))
        }
        Some("transaction") => {
            let read = entries.enumerate().map(|(at, entry)| read_entry(entry).map_err(|e| e.within(at)));
            let entries = read.collect::<Result<Vec<_>, _>>()?;
            Ok(Answer::Made(transaction::run(context, &entries, give)?))
        }
        other => {
            let found = other.unwrap_or("none");
            Err(malformed(&format!("the Bundle's type is '{found}'; it must be 'batch' or 'transaction'")))
        }
    }
}

fn read_entry(entry: EntryShape<'_>) -> Result<Entry<'_>, FhirError> {
    let request = entry.request.ok_or_else(|| malformed("'request' is missing"))?;
    let (Some(method), Some(url)) = (request.method, request.url) else {
        return Err(malformed("'request.method' or 'request.url' is missing"));
    };
    let request = Request {
        method,
        url: url.trim_start_matches('/').to_owned(),
        if_match: request.if_match,
        if_none_match: request.if_none_match,
        if_none_exist: request.if_none_exist,
    };
    let resource = entry.resource.map(RawValue::get);
    let resource = match request.method.as_str() {
        "PATCH" => Some(Cow::Owned(patch_in(resource)?)),
        _ => resource.map(Cow::Borrowed),
    };
    Ok(Entry { full_url: entry.full_url, resource, request })
}

fn malformed(what: &str) -> FhirError {
    FhirError::new(Refusal::Malformed, IssueCode::Invalid, what)
}
