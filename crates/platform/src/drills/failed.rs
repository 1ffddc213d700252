//! Systems that fail: nothing goes over their interfaces, and they answer nobody.

use std::collections::{BTreeMap, HashMap};
use std::sync::{MutexGuard, PoisonError};

use hospital::topology::{Interface, Protocol, SystemKind};
use serde_json::{Value, json};
use store::StoreError;
use store::records::SandboxId;
use store::sandbox::systems::{Standing, SystemRecord};
use store::sandbox::{Change, View};

use super::keep::SYSTEM;
use super::standby::{CHART, serve_no_more};
use crate::access::{Access, outcome};
use crate::platform::Platform;
use crate::topology::topology;

/// What a failed system is among the drill's records.
const KIND: &str = "failed";
/// What an interface is at whose end a system fails, in a word.
pub(super) const DOWN: &str = "down";

/// Systems that fail, each with the reason.
pub(super) fn failed_systems(view: View<'_>) -> Result<BTreeMap<String, String>, StoreError> {
    let records = view.system_records(SYSTEM, KIND)?;
    Ok(records.into_iter().map(|record| (record.key, record.body)).collect())
}

/// Lets a system fail.
pub(super) fn fail(access: &Access, system: &str, reason: &str) -> Result<(), StoreError> {
    let since_us = access.virtual_us();
    access.change("interface.changed", |change| {
        let [drill, kind, key] = [SYSTEM, KIND, system].map(str::to_owned);
        let (body, due_us) = (reason.to_owned(), None);
        change.put_system_record(&SystemRecord {
            system: drill,
            kind,
            key,
            body,
            due_us,
            updated_us: since_us,
        })?;
        for interface in touching(system) {
            let (interface, standing, reason) = (interface.id.clone(), DOWN.to_owned(), reason.to_owned());
            change.close_interface(&Standing { interface, standing, reason, since_us })?;
        }
        note(access, change, "system.failed", json!({"system": system, "reason": reason}))
    })
}

/// Lets a system work again. Its interfaces open, or wait to be opened by hand; those whose other end fails stay down.
pub(super) fn recover(access: &Access, system: &str, held: bool) -> Result<(), StoreError> {
    access.change("interface.changed", |change| {
        change.drop_system_record(SYSTEM, KIND, system)?;
        if system == CHART {
            serve_no_more(change)?;
        }
        let failed = failed_systems(change.view())?;
        let standings = change.view().standings()?;
        let is_down = |id: &str| standings.iter().any(|one| one.interface == id && one.standing == DOWN);
        for interface in reopening(system, failed.keys(), is_down) {
            if held {
                let [id, standing] = [interface.id.as_str(), "stopped"].map(str::to_owned);
                let reason = "held after a failure, until somebody opens it".to_owned();
                let since_us = access.virtual_us();
                change.close_interface(&Standing { interface: id, standing, reason, since_us })?;
            } else {
                change.open_interface(&interface.id)?;
            }
        }
        note(access, change, "system.recovered", json!({"system": system, "held": held}))
    })
}

fn note(access: &Access, change: &mut Change<'_>, kind: &str, detail: Value) -> Result<(), StoreError> {
    change.note(&access.event(kind, None, outcome::OK, detail)).map(drop)
}

/// The interfaces that are down because of a system which works again, and not because of another that still fails.
pub(super) fn reopening<'a>(
    system: &str,
    still_failing: impl Iterator<Item = &'a String>,
    is_down: impl Fn(&str) -> bool,
) -> Vec<&'static Interface> {
    let still: Vec<&str> =
        still_failing.flat_map(|failed| touching(failed)).map(|interface| interface.id.as_str()).collect();
    let mut touched = touching(system);
    touched.retain(|interface| is_down(&interface.id) && !still.contains(&interface.id.as_str()));
    touched
}

/// The interfaces that carry nothing when a system fails: its own, those of systems that share its store, and all that go
/// through it.
pub(super) fn touching(system: &str) -> Vec<&'static Interface> {
    let topology = topology();
    let is_engine = topology.system(system).is_some_and(|one| one.kind == SystemKind::Engine);
    let shares = |end: &str| {
        end == system || topology.system(end).is_some_and(|one| one.store.as_deref() == Some(system))
    };
    let touches = |one: &&Interface| {
        shares(&one.from) || shares(&one.to) || (is_engine && one.protocol == Protocol::Mllp)
    };
    topology.interfaces.iter().filter(touches).collect()
}

impl Platform {
    /// Why a system answers nobody now, if it fails.
    ///
    /// # Errors
    /// When the store fails.
    pub fn failing(&self, access: &Access, system: &str) -> Result<Option<String>, StoreError> {
        if !self.plays_drill(access.sandbox().id())? {
            return Ok(None);
        }
        let record = access.sandbox().view(|view| view.system_record(SYSTEM, KIND, system))?;
        Ok(record.map(|record| record.body))
    }

    /// From now on a hospital is there for a drill, whatever it was taken for while the drill was prepared.
    pub(super) fn drill_hospital(&self, sandbox: &str) {
        self.known_hospitals().insert(sandbox.to_owned(), true);
    }

    /// Whether a hospital is there for a drill. That does not change, so the records are asked once.
    fn plays_drill(&self, sandbox: &str) -> Result<bool, StoreError> {
        if let Some(plays) = self.known_hospitals().get(sandbox) {
            return Ok(*plays);
        }
        let plays = self.records.drill_in(&SandboxId::from(sandbox))?.is_some();
        self.known_hospitals().insert(sandbox.to_owned(), plays);
        Ok(plays)
    }

    fn known_hospitals(&self) -> MutexGuard<'_, HashMap<String, bool>> {
        self.drill_hospitals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
