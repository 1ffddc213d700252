use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::{AttemptId, PersonId, Records, SandboxId};
use crate::StoreError;

/// Whose a sandbox is and what it is for; its contents are a file of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SandboxRecord {
    /// As in `/s/{sandbox}`.
    pub id: SandboxId,
    /// Who may enter, besides instructors.
    pub owner: PersonId,
    /// Name of the image it lies over.
    pub image: String,
    /// What its owner sees in lists.
    pub title: String,
    /// The latest attempt worked on in it. Read only: the attempt names its sandbox, and this is found from there.
    pub attempt: Option<AttemptId>,
    /// When it was made, in microseconds since 1970 UTC.
    pub created_us: i64,
    /// When it was last opened, in microseconds since 1970 UTC.
    pub last_used_us: i64,
}

const SANDBOX: &str = "id, owner, image, title,
    (SELECT attempts.id FROM attempts WHERE attempts.sandbox = sandboxes.id
     ORDER BY attempts.started_us DESC, attempts.number DESC LIMIT 1),
    created_us, last_used_us";

fn sandbox_from(row: &Row<'_>) -> rusqlite::Result<SandboxRecord> {
    Ok(SandboxRecord {
        id: row.get(0)?,
        owner: row.get(1)?,
        image: row.get(2)?,
        title: row.get(3)?,
        attempt: row.get(4)?,
        created_us: row.get(5)?,
        last_used_us: row.get(6)?,
    })
}

impl Records {
    /// Adds a sandbox, unless its owner already holds `limit` of them. `sandbox.attempt` is not stored.
    ///
    /// # Errors
    /// [`StoreError::Full`] at the limit.
    pub fn sandbox_add(&self, sandbox: &SandboxRecord, limit: u32) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let held: u32 = transaction
                .prepare_cached("SELECT count(*) FROM sandboxes WHERE owner = ?1")?
                .query_row([&sandbox.owner], |row| row.get(0))?;
            if held >= limit {
                let what =
                    format!("you hold {held} sandboxes and may hold {limit}; delete one you no longer need");
                return Err(StoreError::Full { what });
            }
            transaction
                .prepare_cached(
                    "INSERT INTO sandboxes(id, owner, image, title, created_us, last_used_us)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    sandbox.id,
                    sandbox.owner,
                    sandbox.image,
                    sandbox.title,
                    sandbox.created_us,
                    sandbox.last_used_us
                ])?;
            Ok(())
        })
    }

    /// The sandbox with this id.
    pub fn sandbox(&self, id: &SandboxId) -> Result<Option<SandboxRecord>, StoreError> {
        let sql = format!("SELECT {SANDBOX} FROM sandboxes WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], sandbox_from).optional()?))
    }

    /// Who owns this sandbox: all that a permission needs, on every request.
    pub fn sandbox_owner(&self, id: &SandboxId) -> Result<Option<PersonId>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached("SELECT owner FROM sandboxes WHERE id = ?1")?;
            Ok(statement.query_row([id], |row| row.get(0)).optional()?)
        })
    }

    /// A person's sandboxes, newest first.
    pub fn sandbox_list_of(&self, owner: &PersonId) -> Result<Vec<SandboxRecord>, StoreError> {
        let sql = format!("SELECT {SANDBOX} FROM sandboxes WHERE owner = ?1 ORDER BY created_us DESC, id");
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([owner], sandbox_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// Every sandbox there is, by id: for backups and for clearing away files that nobody owns.
    pub fn sandbox_list(&self) -> Result<Vec<SandboxRecord>, StoreError> {
        let sql = format!("SELECT {SANDBOX} FROM sandboxes ORDER BY id");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_map([], sandbox_from)?.collect::<Result<_, _>>()?))
    }

    /// Notes that a sandbox was used. One write to disk: call it when a sandbox is opened, not at each request.
    pub fn sandbox_touch(&self, id: &SandboxId, now_us: i64) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached("UPDATE sandboxes SET last_used_us = ?2 WHERE id = ?1")?
                .execute(params![id, now_us])?;
            Ok(())
        })
    }

    /// Forgets a sandbox; attempts made in it stay, without one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such sandbox.
    pub fn sandbox_remove(&self, id: &SandboxId) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            match transaction.prepare_cached("DELETE FROM sandboxes WHERE id = ?1")?.execute([id])? {
                0 => Err(StoreError::NotFound { what: format!("sandbox {id}") }),
                _ => Ok(()),
            }
        })
    }
}
