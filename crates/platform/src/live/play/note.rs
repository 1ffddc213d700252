use serde::{Deserialize, Serialize};
use store::StoreError;
use store::sandbox::systems::SystemRecord;
use store::sandbox::{Change, View};

use crate::access::Access;

/// The name of the fact that says whether patients come and go by themselves.
pub(super) const PLAYING: &str = "playing";

/// Under which system and kind the note stands.
const HOUSE: &str = "HOUSE";
const NOTE: &str = "note";

/// How far a play has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    /// Distinguishes days that begin alike.
    pub(super) seed: u64,
    /// When it began to be told, virtual microseconds since 1970 UTC.
    pub(super) from_us: i64,
    /// How many happenings were told.
    pub(super) count: usize,
    /// When the last of them happened.
    pub(super) reached_us: i64,
}

impl Note {
    /// The note of a sandbox; `None` where nothing was ever played.
    pub(super) fn read(view: View<'_>) -> Result<Option<Self>, StoreError> {
        let record = view.system_record(HOUSE, NOTE, "")?;
        Ok(record.and_then(|record| serde_json::from_str(&record.body).ok()))
    }

    pub(super) fn write(&self, change: &Change<'_>) -> Result<(), StoreError> {
        let body = serde_json::to_string(self).unwrap_or_default();
        let [system, kind, key] = [HOUSE, NOTE, ""].map(str::to_owned);
        change.put_system_record(&SystemRecord {
            system,
            kind,
            key,
            body,
            due_us: None,
            updated_us: self.reached_us,
        })
    }

    /// The note after one more happening.
    pub(super) fn after(self, at_us: i64) -> Self {
        Self { count: self.count + 1, reached_us: at_us, ..self }
    }
}

/// Whether patients come and go by themselves in a sandbox.
pub(in crate::live) fn is_playing(access: &Access) -> Result<bool, StoreError> {
    Ok(access.sandbox().fact(PLAYING)?.as_deref() == Some("on"))
}
