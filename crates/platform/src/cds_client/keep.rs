use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use standards::cds_hooks::{GivenCard, Hook, Offer};
use store::StoreError;
use store::sandbox::systems::SystemRecord;
use store::sandbox::{Change, View};

use super::breaker::Standing;
use crate::access::Access;

/// The EHR's name as a client of services, among the hospital's systems.
pub const SYSTEM: &str = "CDS client";

const SERVICE: &str = "service";
const CALL: &str = "call";

/// Calls of one service that are kept with request and answer.
pub(super) const CALLS_KEPT: u64 = 20;

/// A service that is called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// What it is called in this hospital: its own id, with a number where that is taken.
    pub key: String,
    /// What it said of itself.
    pub offer: Offer,
    /// The discovery address it was found at.
    pub discovery: String,
    /// Who registered it.
    pub added_by: String,
    /// How it has done lately.
    pub standing: Standing,
    /// What came of its calls.
    pub counts: Counts,
}

/// What came of a service's calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Calls.
    pub calls: u64,
    /// Calls without an answer that could be used.
    pub failed: u64,
    /// Cards that were shown.
    pub cards: u64,
    /// Cards of which a suggestion was taken.
    pub accepted: u64,
    /// Cards that were overridden.
    pub overridden: u64,
}

/// A call of a service, with everything that went over the wire but secrets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Its number among the calls of its service, from 1.
    pub number: u64,
    /// The service's key.
    pub service: String,
    /// The moment.
    pub hook: Hook,
    /// The hospital's name for the moment.
    pub hook_instance: String,
    /// The patient's id.
    pub patient: String,
    /// When, in the hospital's own time, microseconds since 1970 UTC.
    pub at_us: i64,
    /// How long it took, in microseconds.
    pub took_us: i64,
    /// `ok`, or one word for what went wrong.
    pub outcome: String,
    /// What went wrong, in sentences.
    pub why: Vec<String>,
    /// The request's body.
    pub request: String,
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// The answer's body, as far as it is kept.
    pub response: String,
    /// The cards that were shown, in order.
    pub cards: Vec<KeptCard>,
}

/// A card with what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptCard {
    /// The card.
    pub card: GivenCard,
    /// What a person made of it; nothing yet, if absent.
    pub answered: Option<Answered>,
}

/// What a person made of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Whether a suggestion was taken; otherwise it was overridden.
    pub accepted: bool,
    /// The label of what was taken.
    pub taken: Option<String>,
    /// Why it was overridden.
    pub reason: Option<String>,
}

impl Service {
    /// The address it is called at.
    pub fn url(&self) -> String {
        format!("{}/{}", self.discovery, self.offer.id)
    }
}

/// Every service, by key.
pub(super) fn services(view: View<'_>) -> Result<Vec<Service>, StoreError> {
    view.system_records(SYSTEM, SERVICE)?.iter().map(read).collect()
}

/// Whether a service of this name is called.
pub(crate) fn is_called(view: View<'_>, key: &str) -> Result<bool, StoreError> {
    Ok(service(view, key)?.is_some())
}

pub(super) fn service(view: View<'_>, key: &str) -> Result<Option<Service>, StoreError> {
    view.system_record(SYSTEM, SERVICE, key)?.as_ref().map(read).transpose()
}

pub(super) fn keep_service(
    change: &Change<'_>,
    access: &Access,
    service: &Service,
) -> Result<(), StoreError> {
    put(change, access, SERVICE, &service.key, service)
}

/// Removes a service with its calls.
pub(super) fn forget_service(change: &Change<'_>, key: &str) -> Result<(), StoreError> {
    for call in calls(change.view(), key)? {
        change.drop_system_record(SYSTEM, CALL, &call_key(key, call.number))?;
    }
    change.drop_system_record(SYSTEM, SERVICE, key)
}

/// The calls of a service that are kept, newest first.
pub(super) fn calls(view: View<'_>, service: &str) -> Result<Vec<Call>, StoreError> {
    let prefix = format!("{service}/");
    let records = view.system_records(SYSTEM, CALL)?;
    let own = records.iter().filter(|record| record.key.starts_with(&prefix));
    let mut calls: Vec<Call> = own.map(read).collect::<Result<_, _>>()?;
    calls.sort_by_key(|call| std::cmp::Reverse(call.number));
    Ok(calls)
}

pub(super) fn call(view: View<'_>, service: &str, number: u64) -> Result<Option<Call>, StoreError> {
    view.system_record(SYSTEM, CALL, &call_key(service, number))?.as_ref().map(read).transpose()
}

/// Keeps a call, and lets the one go that is too old now.
pub(super) fn keep_call(change: &Change<'_>, access: &Access, call: &Call) -> Result<(), StoreError> {
    if let Some(old) = call.number.checked_sub(CALLS_KEPT) {
        change.drop_system_record(SYSTEM, CALL, &call_key(&call.service, old))?;
    }
    put(change, access, CALL, &call_key(&call.service, call.number), call)
}

fn call_key(service: &str, number: u64) -> String {
    format!("{service}/{number:09}")
}

fn put(
    change: &Change<'_>,
    access: &Access,
    kind: &str,
    key: &str,
    value: &impl Serialize,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(value).map_err(|error| damaged(kind, key, &error))?;
    change.put_system_record(&SystemRecord {
        system: SYSTEM.to_owned(),
        kind: kind.to_owned(),
        key: key.to_owned(),
        body,
        due_us: None,
        updated_us: access.virtual_us(),
    })
}

fn read<T: DeserializeOwned>(record: &SystemRecord) -> Result<T, StoreError> {
    serde_json::from_str(&record.body).map_err(|error| damaged(&record.kind, &record.key, &error))
}

fn damaged(kind: &str, key: &str, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { what: format!("the {kind} '{key}' of the CDS client: {error}") }
}
