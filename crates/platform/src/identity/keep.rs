use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use store::StoreError;
use store::journal::NewEntry;
use store::sandbox::systems::SystemRecord;
use store::sandbox::{Change, View};

use crate::access::Access;
use crate::people::secret::hash_of;

/// The identity provider's name among the hospital's systems.
pub const SYSTEM: &str = "IdP";

/// What a record is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    App,
    User,
    Session,
    Launch,
    Code,
    Access,
    Refresh,
    Family,
    Assertion,
    Key,
    KeySet,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::User => "user",
            Self::Session => "session",
            Self::Launch => "launch",
            Self::Code => "code",
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Family => "family",
            Self::Assertion => "assertion",
            Self::Key => "key",
            Self::KeySet => "key-set",
        }
    }
}

/// Writes a record over what had its key.
pub(super) fn keep(
    change: &Change<'_>,
    access: &Access,
    kind: Kind,
    key: &str,
    value: &impl Serialize,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(value).map_err(|error| damaged(kind, key, &error))?;
    change.put_system_record(&SystemRecord {
        system: SYSTEM.to_owned(),
        kind: kind.word().to_owned(),
        key: key.to_owned(),
        body,
        due_us: None,
        updated_us: access.virtual_us(),
    })
}

/// Removes a record.
pub(super) fn forget(change: &Change<'_>, kind: Kind, key: &str) -> Result<(), StoreError> {
    change.drop_system_record(SYSTEM, kind.word(), key)
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
pub(super) fn all<T: DeserializeOwned>(view: View<'_>, kind: Kind) -> Result<Vec<(String, T)>, StoreError> {
    let records = view.system_records(SYSTEM, kind.word())?;
    records.into_iter().map(|record| Ok((record.key.clone(), read(kind, &record)?))).collect()
}

fn read<T: DeserializeOwned>(kind: Kind, record: &SystemRecord) -> Result<T, StoreError> {
    serde_json::from_str(&record.body).map_err(|error| damaged(kind, &record.key, &error))
}

fn damaged(kind: Kind, key: &str, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { what: format!("the identity provider's {} '{key}': {error}", kind.word()) }
}

/// Under which key a secret is kept.
pub(super) fn hashed(secret: &str) -> String {
    data_encoding::HEXLOWER.encode(&hash_of(secret))
}

/// A journal entry of something at the identity provider.
pub(super) fn event(access: &Access, kind: &str, outcome: &str, detail: Value) -> NewEntry {
    let subject = detail.get("patient").and_then(Value::as_str).map(|id| format!("Patient/{id}"));
    NewEntry { target: SYSTEM.to_owned(), ..access.event(kind, subject, outcome, detail) }
}
