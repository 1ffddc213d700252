use std::collections::BTreeMap;

use store::StoreError;
use store::journal::Filter;

use super::arrivals::Arrivals;
use super::interfaces::{Spans, Told};
use super::locked::is_any_locked;
use super::messages::Turns;
use crate::access::Access;
use crate::drills::wires::{HOUR_US, RECEIVED, Wires};

/// How systems and interfaces were at a moment that has passed.
pub(super) fn wires_then(access: &Access, at_us: i64) -> Result<Wires, StoreError> {
    let entries = |kinds: &[&str]| {
        let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        access.sandbox().journal(&Filter { kinds, ..Filter::default() })
    };
    let mut changes = entries(&["interface.*", "system.*"])?;
    // What a drill does at its minute may be written after what somebody did a little later.
    changes.sort_by_key(|entry| entry.event.virtual_us);
    let (mut told, mut then, mut spans) = (Told::default(), Told::default(), Spans::default());
    let mut turns = Turns::default();
    for event in changes.iter().map(|entry| &entry.event) {
        told.hear(event);
        spans.note(event.virtual_us, &told);
        turns.hear(event, event.virtual_us);
        if event.virtual_us <= at_us {
            then = told.clone();
        }
    }
    let (mut arrivals, mut per_hour) = (Arrivals::default(), BTreeMap::new());
    for entry in &entries(&[RECEIVED])? {
        let event = &entry.event;
        let Some(id) = event.detail["interface"].as_str() else { continue };
        let arrived_us = arrivals.hear(entry, id, &spans);
        turns.hear(event, arrived_us);
        if arrived_us <= at_us && event.virtual_us > at_us - HOUR_US {
            *per_hour.entry(id.to_owned()).or_default() += 1;
        }
    }
    let (passages, locked) =
        access.sandbox().view(|view| Ok::<_, StoreError>((view.passages()?, is_any_locked(view, at_us)?)))?;
    let traffic = turns.in_order().traffic(&arrivals.mend(passages), at_us);
    Ok(Wires { closed: then.closed(), failed: then.failed, traffic, per_hour, locked })
}
