//! Faults between systems: placed by a lab, met by messages.

use hospital::faults::{FaultError, Struck, Transit};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use standards::hl7::message::Message;
use store::StoreError;
use store::sandbox::Change;
use store::sandbox::systems::{MessageState, Standing, SystemRecord};

use super::topology::topology;
use crate::access::Access;

/// Under which system and kind placed faults stand.
const WIRE: &str = "WIRE";
const FAULT: &str = "fault";

/// A fault as it stands in a sandbox.
#[derive(Debug, Serialize, Deserialize)]
struct Placed {
    fault: Transit,
    seed: u64,
    /// How many messages its interface has carried since.
    carried: u64,
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

/// Places the fault of layer `wire` or `platform` in a table; what it did comes back. The same seed strikes the same messages.
pub(crate) fn place(access: &Access, table: &Value, seed: u64) -> Result<Value, PlaceError> {
    let fault = Transit::parse(table)?;
    let Some(interface) = topology().interface(&fault.interface) else {
        let what = format!("there is no interface {:?}; see content/hospitals", fault.interface);
        return Err(FaultError::Shape(what).into());
    };
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
            write(change, &key, &Placed { fault, seed, carried: 0 }, access.virtual_us())
        }
    })?;
    Ok(truth)
}

/// The copies of a message that set out over an interface, after whatever was placed on it.
pub(super) fn strike(
    change: &Change<'_>,
    interface: &str,
    written: String,
) -> Result<Vec<(MessageState, Vec<u8>)>, StoreError> {
    let mut state = MessageState::Waiting;
    let (mut body, mut copies) = (written.into_bytes(), 1);
    for record in change.view().system_records(WIRE, FAULT)? {
        let Ok(placed) = serde_json::from_str::<Placed>(&record.body) else { continue };
        let (true, Ok(message)) = (placed.fault.interface == interface, Message::parse(body.clone())) else {
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

fn write(change: &Change<'_>, key: &str, placed: &Placed, updated_us: i64) -> Result<(), StoreError> {
    let body = serde_json::to_string(placed).unwrap_or_default();
    let [system, kind, key] = [WIRE, FAULT, key].map(str::to_owned);
    change.put_system_record(&SystemRecord { system, kind, key, body, due_us: None, updated_us })
}
