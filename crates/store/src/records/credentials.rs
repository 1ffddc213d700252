use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::{PersonId, Records};
use crate::StoreError;

/// A badge as it was handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// Never changes.
    pub id: String,
    /// Whose it is.
    pub person: PersonId,
    /// The competency it is about.
    pub competency: String,
    /// The level it was shown at.
    pub level: String,
    /// What the person can do.
    pub title: String,
    /// When it was issued, in microseconds since 1970 UTC.
    pub issued_us: i64,
    /// Its place in the status list.
    pub status: u32,
    /// The signed text: a JWT.
    pub token: String,
    /// When it was withdrawn.
    pub withdrawn_us: Option<i64>,
    /// Why.
    pub withdrawn_why: Option<String>,
}

const CREDENTIAL: &str =
    "id, person, competency, level, title, issued_us, status, token, withdrawn_us, withdrawn_why";

fn credential_from(row: &Row<'_>) -> rusqlite::Result<Credential> {
    Ok(Credential {
        id: row.get(0)?,
        person: row.get(1)?,
        competency: row.get(2)?,
        level: row.get(3)?,
        title: row.get(4)?,
        issued_us: row.get(5)?,
        status: row.get(6)?,
        token: row.get(7)?,
        withdrawn_us: row.get(8)?,
        withdrawn_why: row.get(9)?,
    })
}

impl Records {
    /// Adds a badge, made by `make` for the next free place in the status list.
    pub fn credential_add(&self, make: impl FnOnce(u32) -> Credential) -> Result<Credential, StoreError> {
        self.connections.write(|transaction| {
            let next: u32 =
                transaction.query_row("SELECT coalesce(max(status) + 1, 0) FROM credentials", [], |row| {
                    row.get(0)
                })?;
            let made = make(next);
            let sql = format!(
                "INSERT INTO credentials({CREDENTIAL}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL)"
            );
            transaction.prepare_cached(&sql)?.execute(params![
                made.id,
                made.person,
                made.competency,
                made.level,
                made.title,
                made.issued_us,
                made.status,
                made.token
            ])?;
            Ok(made)
        })
    }

    /// The badge with this id.
    pub fn credential(&self, id: &str) -> Result<Option<Credential>, StoreError> {
        let sql = format!("SELECT {CREDENTIAL} FROM credentials WHERE id = ?1");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], credential_from).optional()?))
    }

    /// A person's badges, newest first, withdrawn ones included.
    pub fn credential_list_of(&self, person: &PersonId) -> Result<Vec<Credential>, StoreError> {
        let sql =
            format!("SELECT {CREDENTIAL} FROM credentials WHERE person = ?1 ORDER BY issued_us DESC, id");
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([person], credential_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// Places in the status list of the badges that were withdrawn.
    pub fn credential_withdrawn(&self) -> Result<Vec<u32>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT status FROM credentials WHERE withdrawn_us IS NOT NULL ORDER BY status",
            )?;
            Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Withdraws a badge; whether it was there and still valid.
    pub fn credential_withdraw(&self, id: &str, at_us: i64, why: &str) -> Result<bool, StoreError> {
        self.connections.write(|transaction| {
            let mut statement = transaction.prepare_cached(
                "UPDATE credentials SET withdrawn_us = ?2, withdrawn_why = ?3 WHERE id = ?1 AND withdrawn_us IS NULL",
            )?;
            Ok(statement.execute(params![id, at_us, why])? == 1)
        })
    }
}
