use rusqlite::params;

use crate::StoreError;
use crate::records::{PersonId, Records, SandboxId};

impl Records {
    /// Lets somebody look into a sandbox; letting them in again changes nothing.
    pub fn guest_add(&self, sandbox: &SandboxId, person: &PersonId, now_us: i64) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO sandbox_guests(sandbox, person, since_us) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING",
                )?
                .execute(params![sandbox, person, now_us])?;
            Ok(())
        })
    }

    /// Lets somebody look into a sandbox no longer.
    pub fn guest_remove(&self, sandbox: &SandboxId, person: &PersonId) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached("DELETE FROM sandbox_guests WHERE sandbox = ?1 AND person = ?2")?
                .execute(params![sandbox, person])?;
            Ok(())
        })
    }

    /// Lets somebody look into none of a person's sandboxes any longer.
    pub fn guest_remove_from(&self, owner: &PersonId, person: &PersonId) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "DELETE FROM sandbox_guests WHERE person = ?2
                     AND sandbox IN (SELECT id FROM sandboxes WHERE owner = ?1)",
                )?
                .execute(params![owner, person])?;
            Ok(())
        })
    }

    /// Whether somebody may look into a sandbox.
    pub fn guest_is(&self, sandbox: &SandboxId, person: &PersonId) -> Result<bool, StoreError> {
        self.connections.read(|db| {
            let mut statement =
                db.prepare_cached("SELECT 1 FROM sandbox_guests WHERE sandbox = ?1 AND person = ?2")?;
            Ok(statement.exists(params![sandbox, person])?)
        })
    }

    /// The sandboxes somebody may look into as a guest, and their owners.
    pub fn guest_list_of(&self, person: &PersonId) -> Result<Vec<(SandboxId, PersonId)>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT sandboxes.id, sandboxes.owner FROM sandbox_guests JOIN sandboxes ON sandboxes.id = sandbox
                 WHERE person = ?1 ORDER BY sandboxes.id",
            )?;
            Ok(statement.query_map([person], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
        })
    }
}
