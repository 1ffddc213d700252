//! The copy of the record on its standby: what it holds is what was there when it was made, and it is read and not written.

use serde_json::json;
use standards::fhir::instant;
use store::StoreError;
use store::sandbox::Change;
use store::sandbox::systems::SystemRecord;

use super::keep::SYSTEM;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// The system that has a standby.
pub(super) const CHART: &str = "EHR";
/// What the copy, and that it serves, are among the drill's records. The body of each says of when the copy is.
const COPY: &str = "copy";
const SERVES: &str = "serves-copy";

/// Copies the record as it is now.
pub(super) fn copy(access: &Access) -> Result<(), StoreError> {
    access.sandbox().put_beside()?;
    access.change("interface.changed", |change| {
        let of = instant::format(access.virtual_us());
        put(change, access, COPY, &of)?;
        change.note(&access.event("system.copied", None, outcome::OK, json!({"system": CHART, "of": of})))?;
        Ok(())
    })
}

/// Lets the record system serve from its copy, if there is one.
pub(super) fn serve_copy(access: &Access) -> Result<(), StoreError> {
    access.change("interface.changed", |change| {
        let Some(copy) = change.view().system_record(SYSTEM, COPY, CHART)? else { return Ok(()) };
        put(change, access, SERVES, &copy.body)?;
        let detail = json!({"system": CHART, "of": copy.body});
        change.note(&access.event("system.served-from-copy", None, outcome::OK, detail))?;
        Ok(())
    })
}

/// The record system works again, and serves what it holds.
pub(super) fn serve_no_more(change: &Change<'_>) -> Result<(), StoreError> {
    change.drop_system_record(SYSTEM, SERVES, CHART)
}

fn put(change: &Change<'_>, access: &Access, kind: &str, of: &str) -> Result<(), StoreError> {
    let [system, kind, key, body] = [SYSTEM, kind, CHART, of].map(str::to_owned);
    change.put_system_record(&SystemRecord {
        system,
        kind,
        key,
        body,
        due_us: None,
        updated_us: access.virtual_us(),
    })
}

/// A record that is served from a copy.
pub struct Standby {
    /// The way into the copy, in which nothing can be changed.
    pub access: Access,
    /// Of when it is, as an instant of the hospital's clock.
    pub of: String,
}

impl Platform {
    /// The copy that the record system serves from while it fails, if it does.
    ///
    /// # Errors
    /// When the store fails.
    pub fn standby(&self, access: &Access) -> Result<Option<Standby>, StoreError> {
        let Some(serves) = access.sandbox().view(|view| view.system_record(SYSTEM, SERVES, CHART))? else {
            return Ok(None);
        };
        let Some(copy) = access.sandbox().beside()? else { return Ok(None) };
        Ok(Some(Standby { access: access.clone().over(copy).looking(), of: serves.body }))
    }
}
