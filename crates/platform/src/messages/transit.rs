//! Faults between systems: placed by a lab, met by messages.

use hospital::calendar::MINUTE_US;
use hospital::faults::{FaultError, Met, Strike, Struck, Transit, noise};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use standards::hl7::message::Message;
use store::StoreError;
use store::sandbox::systems::{MessageState, Standing, SystemRecord};
use store::sandbox::{Change, View};

use crate::access::Access;
use crate::topology::topology;

/// Under which system and kind placed faults stand.
const WIRE: &str = "WIRE";
const FAULT: &str = "fault";
/// The kind under which the seed of harmless noise stands, and its key.
const NOISE: &str = "noise";
/// What stands at the end of the key of a fault that strikes everything.
const ALL: &str = "all";

/// A fault as it stands in a sandbox.
#[derive(Debug, Serialize, Deserialize)]
struct Placed {
    fault: Transit,
    seed: u64,
    /// How many messages its interface has carried since.
    carried: u64,
    /// When it is over, virtual microseconds since 1970 UTC.
    #[serde(default)]
    until_us: Option<i64>,
}

impl Placed {
    /// Whether it strikes on this interface now.
    fn is_on(&self, interface: &str, now_us: i64) -> bool {
        self.fault.interface == interface && self.until_us.is_none_or(|until_us| now_us < until_us)
    }
}

/// Why a fault was not placed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlaceError {
    /// The fault is wrong.
    #[error(transparent)]
    Fault(#[from] FaultError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Places the fault of layer `wire`, `access` or `platform` in a table; what it did comes back. The same seed strikes the same
/// messages.
pub(crate) fn place(access: &Access, table: &Value, seed: u64) -> Result<Value, PlaceError> {
    let fault = Transit::parse(table)?;
    let Some(interface) = topology().interface(&fault.interface) else {
        let what = format!("there is no interface {:?}; see content/hospitals", fault.interface);
        return Err(FaultError::Shape(what).into());
    };
    let until_us = table["lasts_min"].as_i64().map(|minutes| access.virtual_us() + minutes * MINUTE_US);
    let truth = json!({"transit": {"interface": interface.id, "from": interface.from, "to": interface.to}});
    access.sandbox().change(|change| match fault.strike.standing() {
        Some((standing, reason)) => change.close_interface(&Standing {
            interface: interface.id.clone(),
            standing: standing.to_owned(),
            reason: reason.to_owned(),
            since_us: access.virtual_us(),
        }),
        None => {
            let key = format!("{}.{seed}", interface.id);
            write(change, &key, &Placed { fault, seed, carried: 0, until_us }, access.virtual_us())
        }
    })?;
    Ok(truth)
}

/// Lets an interface lose whatever sets out over it from now on, or no longer.
pub(crate) fn lose_all(
    change: &Change<'_>,
    interface: &str,
    loses: bool,
    now_us: i64,
) -> Result<(), StoreError> {
    let key = format!("{interface}.{ALL}");
    if !loses {
        return change.drop_system_record(WIRE, FAULT, &key);
    }
    let strike = Strike::LoseMessage;
    let fault = Transit { interface: interface.to_owned(), event: None, one_in: 1, strike };
    write(change, &key, &Placed { fault, seed: 0, carried: 0, until_us: None }, now_us)
}

/// Lets messages be odd now and then, in ways that harm nobody.
pub(crate) fn place_noise(access: &Access, seed: u64) -> Result<(), StoreError> {
    let [system, kind, key] = [WIRE, NOISE, NOISE].map(str::to_owned);
    let body = seed.to_string();
    let record = SystemRecord { system, kind, key, body, due_us: None, updated_us: access.virtual_us() };
    access.sandbox().change(|change| change.put_system_record(&record))
}

/// The copies of a message that set out over an interface, after whatever was placed on it.
pub(super) fn strike(
    change: &Change<'_>,
    interface: &str,
    written: Vec<u8>,
    now_us: i64,
) -> Result<Vec<(MessageState, Vec<u8>)>, StoreError> {
    let mut state = MessageState::Waiting;
    let (mut body, mut copies) = (odd(change.view(), interface, written)?, 1);
    for (record, placed) in all(change.view())? {
        let (true, Ok(message)) = (placed.is_on(interface, now_us), Message::parse(body.clone())) else {
            continue;
        };
        match placed.fault.strike(placed.seed, placed.carried, &message) {
            Struck::Missed => {}
            Struck::Lost => state = MessageState::Lost,
            Struck::Doubled => copies = 2,
            Struck::Changed(bytes) => body = bytes,
        }
        write(change, &record.key, &Placed { carried: placed.carried + 1, ..placed }, record.updated_us)?;
    }
    Ok(vec![(state, body); copies])
}

/// What the receiver at the end of an interface does with a message, after whatever was placed there.
pub(super) fn meet(
    view: View<'_>,
    interface: &str,
    message: &Message,
    now_us: i64,
) -> Result<Met, StoreError> {
    let on = all(view)?.into_iter().filter(|(_, placed)| placed.is_on(interface, now_us));
    let mut met = on.map(|(_, placed)| placed.fault.meet(placed.seed, message));
    Ok(met.find(|met| *met != Met::Nothing).unwrap_or(Met::Nothing))
}

fn odd(view: View<'_>, interface: &str, body: Vec<u8>) -> Result<Vec<u8>, StoreError> {
    let record = view.system_record(WIRE, NOISE, NOISE)?;
    let seed = record.and_then(|record| record.body.parse::<u64>().ok());
    let (Some(seed), Ok(message)) = (seed, Message::parse(body.clone())) else { return Ok(body) };
    Ok(noise(seed, interface, &message).unwrap_or(body))
}

fn all(view: View<'_>) -> Result<Vec<(SystemRecord, Placed)>, StoreError> {
    let records = view.system_records(WIRE, FAULT)?;
    let read = |record: SystemRecord| Some((serde_json::from_str(&record.body).ok()?, record));
    Ok(records.into_iter().filter_map(read).map(|(placed, record)| (record, placed)).collect())
}

fn write(change: &Change<'_>, key: &str, placed: &Placed, updated_us: i64) -> Result<(), StoreError> {
    let body = serde_json::to_string(placed).unwrap_or_default();
    let [system, kind, key] = [WIRE, FAULT, key].map(str::to_owned);
    change.put_system_record(&SystemRecord { system, kind, key, body, due_us: None, updated_us })
}
