//! Where the desk's own work lies: as records of the system [`SYSTEM`] in the sandbox, so that a reset takes them back with
//! the entries they speak of.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use store::StoreError;
use store::sandbox::systems::SystemRecord;
use store::sandbox::{Change, View};

use crate::access::{Access, outcome};

/// The security desk's name among the hospital's systems.
pub(super) const SYSTEM: &str = "DESK";

/// What a record is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Case,
    Hunt,
    Rule,
    Suppression,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Hunt => "hunt",
            Self::Rule => "rule",
            Self::Suppression => "suppression",
        }
    }

    /// The journal kind of a change of such a record.
    const fn entry(self) -> &'static str {
        match self {
            Self::Case => "desk.case",
            Self::Hunt => "desk.hunt",
            Self::Rule => "desk.rule",
            Self::Suppression => "desk.suppression",
        }
    }
}

/// Writes a record over what had its key, with the entry that says so.
pub(super) fn keep(
    change: &mut Change<'_>,
    access: &Access,
    kind: Kind,
    (key, value): (&str, &impl Serialize),
    detail: Value,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(value).map_err(|error| damaged(kind, key, &error))?;
    change.put_system_record(&SystemRecord {
        system: SYSTEM.to_owned(),
        kind: kind.word().to_owned(),
        key: key.to_owned(),
        body,
        due_us: None,
        updated_us: access.virtual_us(),
    })?;
    tell(change, access, kind, detail)
}

/// Removes a record, with the entry that says so.
pub(super) fn forget(
    change: &mut Change<'_>,
    access: &Access,
    kind: Kind,
    key: &str,
    detail: Value,
) -> Result<(), StoreError> {
    change.drop_system_record(SYSTEM, kind.word(), key)?;
    tell(change, access, kind, detail)
}

fn tell(change: &mut Change<'_>, access: &Access, kind: Kind, detail: Value) -> Result<(), StoreError> {
    let mut event = access.event(kind.entry(), None, outcome::OK, detail);
    event.target = SYSTEM.to_owned();
    change.note(&event).map(|_| ())
}

/// Changes the desk's records in one transaction, and wakes who watches.
pub(super) fn change<T, E: From<StoreError>>(
    access: &Access,
    kind: Kind,
    work: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
) -> Result<T, E> {
    access.change(kind.entry(), work)
}

/// A record, if there is one.
pub(super) fn find<T: DeserializeOwned>(
    view: View<'_>,
    kind: Kind,
    key: &str,
) -> Result<Option<T>, StoreError> {
    let found = view.system_record(SYSTEM, kind.word(), key)?;
    found.map(|record| read(kind, &record)).transpose()
}

/// All records of a kind, by key.
pub(super) fn all<T: DeserializeOwned>(view: View<'_>, kind: Kind) -> Result<Vec<T>, StoreError> {
    view.system_records(SYSTEM, kind.word())?.iter().map(|record| read(kind, record)).collect()
}

fn read<T: DeserializeOwned>(kind: Kind, record: &SystemRecord) -> Result<T, StoreError> {
    serde_json::from_str(&record.body).map_err(|error| damaged(kind, &record.key, &error))
}

fn damaged(kind: Kind, key: &str, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { what: format!("the security desk's {} '{key}': {error}", kind.word()) }
}
