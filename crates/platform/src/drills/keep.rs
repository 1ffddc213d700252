//! How a drill stands, and what happened in it.

use scenarios::run::{Event, Run, What};
use serde_json::json;
use store::StoreError;
use store::journal::Filter;
use store::sandbox::View;
use store::sandbox::systems::SystemRecord;

use super::error::DrillError;
use crate::access::{Access, outcome};

/// The drill's name among the systems of a hospital.
pub(super) const SYSTEM: &str = "DRILL";
/// What its standing is among its records.
const KIND: &str = "run";
/// The system it comes from, in the journal.
const SOURCE: &str = "drill";

/// How the drill of a hospital stands; `None` where there is none.
pub(super) fn run_of(view: View<'_>) -> Result<Option<Run>, StoreError> {
    let Some(record) = view.system_record(SYSTEM, KIND, "")? else { return Ok(None) };
    serde_json::from_str(&record.body)
        .map(Some)
        .map_err(|error| StoreError::Damaged { what: format!("the drill in this hospital: {error}") })
}

/// Keeps how it stands, with what has happened, in one transaction.
pub(super) fn keep(access: &Access, run: &Run, events: &[Event]) -> Result<(), DrillError> {
    let kind = events.first().map_or("drill.ticked".to_owned(), |event| kind_of(&event.what));
    access.change(&kind, |change| {
        let body = json!(run).to_string();
        let [system, kind, key] = [SYSTEM, KIND, ""].map(str::to_owned);
        let (due_us, updated_us) = (None, access.virtual_us());
        change.put_system_record(&SystemRecord { system, kind, key, body, due_us, updated_us })?;
        for event in events {
            let actor = by(&event.what).unwrap_or("drill");
            let own = access.acting_as(actor, SOURCE);
            let word = if matches!(event.what, What::Refused { .. }) { "refused" } else { outcome::OK };
            change.note(&own.event(&kind_of(&event.what), None, word, json!(event)))?;
        }
        Ok(())
    })
}

/// Everything that has happened in a drill, in order, from the journal.
pub(super) fn events_of(access: &Access) -> Result<Vec<Event>, StoreError> {
    let kinds = vec!["drill.*".to_owned()];
    let entries = access.sandbox().journal(&Filter { kinds, ..Filter::default() })?;
    let event = |entry: store::journal::Entry| serde_json::from_value(entry.event.detail).ok();
    let mut events: Vec<Event> = entries.into_iter().filter_map(event).collect();
    // A drill that was begun anew begins to count anew.
    let last = events.iter().rposition(|event| matches!(event.what, What::Begun)).unwrap_or(0);
    Ok(events.split_off(last))
}

fn kind_of(what: &What) -> String {
    format!("drill.{}", what.word())
}

fn by(what: &What) -> Option<&str> {
    match what {
        What::Given { by, .. } | What::Refused { by, .. } | What::Done { by, .. } => Some(by),
        What::Injected { by, .. } | What::Ended { by } => by.as_deref(),
        _ => None,
    }
}
