use rusqlite::{OptionalExtension, params};

use super::{Records, SandboxId};
use crate::StoreError;

impl Records {
    /// Keeps who is who in a sandbox, as JSON, replacing what was kept before.
    pub fn incident_set(&self, sandbox: &SandboxId, truth: &str) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO incidents(sandbox, truth) VALUES(?1, ?2)
                     ON CONFLICT(sandbox) DO UPDATE SET truth = ?2",
                )?
                .execute(params![sandbox, truth])?;
            Ok(())
        })
    }

    /// Who is who in a sandbox; `None` where no actors are at work.
    pub fn incident(&self, sandbox: &SandboxId) -> Result<Option<String>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached("SELECT truth FROM incidents WHERE sandbox = ?1")?;
            Ok(statement.query_row([sandbox], |row| row.get(0)).optional()?)
        })
    }

    /// The sandboxes in which actors are at work.
    pub fn incident_list(&self) -> Result<Vec<SandboxId>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached("SELECT sandbox FROM incidents ORDER BY sandbox")?;
            let found = statement.query_map([], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
