use rusqlite::{OptionalExtension, params};

use crate::StoreError;
use crate::records::{PersonId, Records};

impl Records {
    /// Keeps somebody's particulars, which arrive here sealed.
    pub fn particulars_set(&self, person: &PersonId, sealed: &str, now_us: i64) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO particulars(person, sealed, changed_us) VALUES(?1, ?2, ?3)
                     ON CONFLICT(person) DO UPDATE SET sealed = ?2, changed_us = ?3",
                )?
                .execute(params![person, sealed, now_us])?;
            Ok(())
        })
    }

    /// Somebody's particulars, sealed.
    pub fn particulars(&self, person: &PersonId) -> Result<Option<String>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached("SELECT sealed FROM particulars WHERE person = ?1")?;
            Ok(statement.query_row([person], |row| row.get(0)).optional()?)
        })
    }

    /// Forgets somebody's particulars.
    pub fn particulars_remove(&self, person: &PersonId) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction.prepare_cached("DELETE FROM particulars WHERE person = ?1")?.execute([person])?;
            Ok(())
        })
    }
}
