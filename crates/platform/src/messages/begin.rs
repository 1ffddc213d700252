use hospital::systems::PATIENT;
use serde_json::json;
use store::StoreError;
use store::sandbox::systems::{BASELINE, SystemRecord};
use store::sandbox::{Change, View};

use super::chart;

/// The kind under which the engine notes that the systems know who was in the house.
const BEGUN: &str = "begun";
/// Who notes it.
const ENGINE: &str = "ENGINE";

/// Whether the systems of this hospital know who was in the house before any message was sent.
pub(crate) fn has_begun(view: View<'_>) -> Result<bool, StoreError> {
    Ok(view.system_record(ENGINE, BEGUN, "")?.is_some())
}

/// Lets all systems know who is in the house, once: from then on they know what they are told.
pub(crate) fn begin(change: &Change<'_>, now_us: i64) -> Result<(), StoreError> {
    if has_begun(change.view())? {
        return Ok(());
    }
    for (_, belief) in chart::everybody(change.view(), now_us)? {
        change.put_system_record(&record(
            BASELINE,
            PATIENT,
            &belief.mrn,
            json!(belief).to_string(),
            now_us,
        ))?;
    }
    change.put_system_record(&record(ENGINE, BEGUN, "", "true".to_owned(), now_us))
}

fn record(system: &str, kind: &str, key: &str, body: String, updated_us: i64) -> SystemRecord {
    let [system, kind, key] = [system, kind, key].map(str::to_owned);
    SystemRecord { system, kind, key, body, due_us: None, updated_us }
}
