use std::collections::BTreeSet;

use security::response::Measure;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::StoreError;
use store::sandbox::systems::SystemRecord;
use store::sandbox::{Change, View};

use crate::access::Access;

/// The security desk's name among the hospital's systems.
pub const SYSTEM: &str = "DESK";
/// What a measure in force is among its records.
const KIND: &str = "measure";

/// A measure in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InForce {
    /// What was done.
    pub measure: Measure,
    /// Who did it.
    pub by: String,
    /// Since when, microseconds since 1970 UTC on the hospital's clock.
    pub since_us: i64,
    /// What lifting it needs to know.
    #[serde(default)]
    pub(super) before: Value,
}

/// The measures in force, the oldest first.
pub fn in_force(access: &Access) -> Result<Vec<InForce>, StoreError> {
    let mut found = access.sandbox().view(all)?;
    found.sort_by_key(|one| one.since_us);
    Ok(found)
}

pub(super) fn all(view: View<'_>) -> Result<Vec<InForce>, StoreError> {
    view.system_records(SYSTEM, KIND)?.iter().map(read).collect()
}

pub(super) fn find(view: View<'_>, key: &str) -> Result<Option<InForce>, StoreError> {
    view.system_record(SYSTEM, KIND, key)?.as_ref().map(read).transpose()
}

fn read(record: &SystemRecord) -> Result<InForce, StoreError> {
    serde_json::from_str(&record.body)
        .map_err(|error| StoreError::Damaged { what: format!("the measure '{}': {error}", record.key) })
}

pub(super) fn keep(change: &Change<'_>, access: &Access, one: &InForce) -> Result<(), StoreError> {
    let body = serde_json::to_string(one)
        .map_err(|error| StoreError::Damaged { what: format!("a measure: {error}") })?;
    let [system, kind] = [SYSTEM, KIND].map(str::to_owned);
    let (key, updated_us) = (one.measure.key(), access.virtual_us());
    change.put_system_record(&SystemRecord { system, kind, key, body, due_us: None, updated_us })
}

pub(super) fn forget(change: &Change<'_>, key: &str) -> Result<(), StoreError> {
    change.drop_system_record(SYSTEM, KIND, key)
}

/// Whether a service of decision support is turned off at present.
pub(crate) fn is_stopped(view: View<'_>, service: &str) -> Result<bool, StoreError> {
    let key = Measure::StopService { service: service.to_owned() }.key();
    Ok(view.system_record(SYSTEM, KIND, &key)?.is_some())
}

/// The services of decision support that are turned off.
pub(crate) fn stopped_services(view: View<'_>) -> Result<BTreeSet<String>, StoreError> {
    let stopped = |one: InForce| match one.measure {
        Measure::StopService { service } => Some(service),
        _ => None,
    };
    Ok(all(view)?.into_iter().filter_map(stopped).collect())
}

/// Whether an account can do nothing at present.
pub(crate) fn is_disabled(view: View<'_>, login: &str) -> Result<bool, StoreError> {
    let key = Measure::DisableAccount { login: login.to_owned() }.key();
    Ok(view.system_record(SYSTEM, KIND, &key)?.is_some())
}
