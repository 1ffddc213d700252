use std::collections::BTreeMap;

use store::StoreError;
use store::journal::Filter;

use super::interfaces::Told;
use super::locked::is_any_locked;
use super::messages::Turns;
use crate::access::Access;
use crate::drills::wires::{HOUR_US, RECEIVED, Wires};

/// How systems and interfaces were at a moment that has passed.
pub(super) fn wires_then(access: &Access, at_us: i64) -> Result<Wires, StoreError> {
    let kinds = [RECEIVED, "interface.*", "system.*"].map(str::to_owned).to_vec();
    let mut entries = access.sandbox().journal(&Filter { kinds, ..Filter::default() })?;
    entries.retain(|entry| entry.event.virtual_us <= at_us);
    // What a drill does at its minute may be written after what somebody did a little later.
    entries.sort_by_key(|entry| entry.event.virtual_us);
    let (mut told, mut turns, mut per_hour) = (Told::default(), Turns::default(), BTreeMap::new());
    for event in entries.iter().map(|entry| &entry.event) {
        told.hear(event);
        turns.hear(event);
        if let (RECEIVED, Some(id)) = (event.kind.as_str(), event.detail["interface"].as_str())
            && event.virtual_us > at_us - HOUR_US
        {
            *per_hour.entry(id.to_owned()).or_default() += 1;
        }
    }
    let (passages, locked) =
        access.sandbox().view(|view| Ok::<_, StoreError>((view.passages()?, is_any_locked(view, at_us)?)))?;
    let traffic = turns.traffic(&passages, at_us);
    Ok(Wires { closed: told.closed(), failed: told.failed, traffic, per_hour, locked })
}
