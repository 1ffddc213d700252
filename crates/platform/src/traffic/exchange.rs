//! One exchange: what was asked, what was answered.

use identity::scope::{Permissions, Reach, Scopes};
use imaging::dataset::{read as read_dataset, split, to_json};
use serde_json::Value;
use store::StoreError;
use store::journal::{Entry, Filter};
use store::sandbox::View;

use super::again::found_now;
use super::decode::{Decoded, dicom, hl7, told};
use super::list::Protocol;
use crate::access::{Access, outcome};
use crate::ehr::roles::{bounds_of, working};
use crate::fhir::Context;
use crate::platform::Platform;

/// The journal kind of looking at one.
const VIEWED: &str = "traffic.viewed";
/// What is said where a role may open no chart, or see nothing of a type.
const NOT_FOR_YOU: &str = "The role you work as may open no chart, so what was said is not shown.";
const NOT_OF_THIS_TYPE: &str =
    "The role you work as may not see resources of this type, so what was said is not shown.";

/// An exchange, both halves taken apart.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Its journal entry.
    pub entry: Entry,
    /// How they spoke.
    pub protocol: Protocol,
    /// What was asked.
    pub request: Decoded,
    /// What was answered.
    pub response: Decoded,
}

/// The entry of this number, if it is an exchange.
pub(super) fn entry(access: &Access, seq: i64) -> Result<Option<(Entry, Protocol)>, StoreError> {
    let filter = Filter { after_seq: seq.saturating_sub(1), limit: 1, ..Filter::default() };
    let found = access.sandbox().journal(&filter)?.into_iter().find(|entry| entry.seq == seq);
    Ok(found.and_then(|entry| Protocol::of(&entry.event.kind).map(|protocol| (entry, protocol))))
}

/// One exchange by the number of its journal entry, for a FHIR server at `base_url`. Who looks is journalled, and sees no more than their role
/// may.
///
/// # Errors
/// When the store fails.
pub fn exchange(
    platform: &Platform,
    access: &Access,
    base_url: &str,
    seq: i64,
) -> Result<Option<Exchange>, StoreError> {
    let Some((entry, protocol)) = entry(access, seq)? else { return Ok(None) };
    let working = working(access)?;
    let readable = working.may("chart.view");
    let (request, response) = if readable {
        let bounds = bounds_of(&working.matrix, &working.role);
        let reached =
            access.clone().within(Reach { scopes: Scopes::read("system/*.rs").0, patient: None, bounds });
        let limits = &platform.limits().json;
        let context = Context { access: &reached, base_url, entropy: platform.entropy(), limits };
        access.sandbox().view(|view| halves(&context, view, &entry, protocol))?
    } else {
        (Decoded::Nothing(NOT_FOR_YOU), Decoded::Nothing(NOT_FOR_YOU))
    };
    let detail = serde_json::json!({"entry": seq, "readable": readable});
    access.note(access.event(VIEWED, entry.event.subject.clone(), outcome::OK, detail))?;
    Ok(Some(Exchange { entry, protocol, request, response }))
}

fn halves(
    context: &Context<'_>,
    view: View<'_>,
    entry: &Entry,
    protocol: Protocol,
) -> Result<(Decoded, Decoded), StoreError> {
    match protocol {
        Protocol::Fhir => fhir(context, view, entry),
        Protocol::Hl7 => message(view, entry),
        Protocol::Dicom => object(view, entry),
        Protocol::OAuth | Protocol::Cds => Ok((
            Decoded::Told(told(&entry.event.detail)),
            Decoded::Http { line: entry.event.outcome.clone(), body: None },
        )),
    }
}

/// The line of a FHIR request, as far as the journal tells.
pub(super) fn line(entry: &Entry) -> String {
    let detail = &entry.event.detail;
    let text = |name: &str| detail[name].as_str().unwrap_or_default();
    let method = if text("method").is_empty() { "GET" } else { text("method") };
    let mut path = text("type").to_owned();
    // A resource that was created got its id with the answer.
    if !text("id").is_empty() && method != "POST" {
        path = format!("{path}/{}", text("id"));
    }
    if !text("operation").is_empty() {
        path = format!("{path}/${}", text("operation"));
    }
    let query = [text("query"), text("condition")].into_iter().find(|text| !text.is_empty());
    let marks = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{method} /{}{marks}", path.trim_start_matches('/'))
}

fn fhir(context: &Context<'_>, view: View<'_>, entry: &Entry) -> Result<(Decoded, Decoded), StoreError> {
    let (event, detail) = (&entry.event, &entry.event.detail);
    let bounds = context.access.reach().and_then(|reach| reach.bounds.as_ref());
    let is_out_of_sight = |kind: &str| bounds.is_some_and(|bounds| !bounds.allow(kind, Permissions::READ));
    if detail["type"].as_str().is_some_and(is_out_of_sight) {
        let request = Decoded::Http { line: line(entry), body: None };
        return Ok((request, Decoded::Nothing(NOT_OF_THIS_TYPE)));
    }
    let is_ok = event.outcome == outcome::OK;
    let (kind, id) = (detail["type"].as_str(), detail["id"].as_str());
    let number = detail["version"].as_u64().or_else(|| detail["version"].as_str()?.parse().ok());
    let body = match (kind, id, number) {
        (Some(kind), Some(id), Some(number)) if is_ok => view.version(kind, id, number)?,
        _ => None,
    };
    let body = body.filter(|stored| !stored.deleted).map(|stored| pretty(&stored.body));
    let writes = matches!(event.kind.as_str(), "fhir.create" | "fhir.update" | "fhir.patch");
    let request = Decoded::Http { line: line(entry), body: body.clone().filter(|_| writes) };
    let response = match (is_ok, body) {
        (true, Some(body)) => Decoded::Http {
            line: format!("{} version {}", event.outcome, number.unwrap_or(0)),
            body: Some(body),
        },
        (true, None) => found_now(context, view, entry).unwrap_or_else(|| Decoded::Told(told(detail))),
        (false, _) => {
            let mut lines = vec![("outcome".to_owned(), event.outcome.clone())];
            let issues = detail["issues"].as_array().into_iter().flatten();
            lines.extend(issues.filter_map(|one| Some(("issue".to_owned(), one.as_str()?.to_owned()))));
            Decoded::Told(lines)
        }
    };
    Ok((request, response))
}

pub(super) fn pretty(body: &[u8]) -> String {
    let read: Result<Value, _> = serde_json::from_slice(body);
    let written = read.ok().and_then(|value| serde_json::to_string_pretty(&value).ok());
    written.unwrap_or_else(|| String::from_utf8_lossy(body).into_owned())
}

/// The number of the message that an entry is about.
pub(super) fn message_of(detail: &Value) -> Option<i64> {
    detail["message"].as_i64().or_else(|| {
        let control_id =
            detail["messages"][0]["control_id"].as_str().or_else(|| detail["control_id"].as_str())?;
        // Our own control ids are the number, after a letter.
        control_id.strip_prefix('P')?.parse().ok()
    })
}

fn message(view: View<'_>, entry: &Entry) -> Result<(Decoded, Decoded), StoreError> {
    let found = message_of(&entry.event.detail).map(|seq| view.message(seq)).transpose()?.flatten();
    let Some(message) = found else {
        let particulars = Decoded::Told(told(&entry.event.detail));
        return Ok((
            particulars,
            Decoded::Nothing("The message itself is not kept here; the channel that took it has it."),
        ));
    };
    let answer = match message.answer {
        Some(answer) => Decoded::Hl7(hl7(&answer)),
        None => Decoded::Nothing("No acknowledgement has come."),
    };
    Ok((Decoded::Hl7(hl7(&message.body)), answer))
}

fn object(view: View<'_>, entry: &Entry) -> Result<(Decoded, Decoded), StoreError> {
    let detail = &entry.event.detail;
    let uid = detail["sop_instance"].as_str().or_else(|| detail["sop_instance_uid"].as_str());
    let bytes = uid.map(|uid| view.instance_bytes(uid)).transpose()?.flatten();
    let decoded = bytes.and_then(|bytes| {
        let parts = split(&bytes).ok()?;
        let (dataset, _) = read_dataset(&bytes[parts.dataset.clone()], &parts.meta.syntax).ok()?;
        Some(Decoded::Dicom(dicom(&to_json(&dataset))))
    });
    let request = decoded.unwrap_or_else(|| Decoded::Told(told(detail)));
    Ok((request, Decoded::Http { line: entry.event.outcome.clone(), body: None }))
}
