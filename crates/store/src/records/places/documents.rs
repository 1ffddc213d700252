use rusqlite::{Row, params};

use crate::StoreError;
use crate::records::{PersonId, Records};

/// A document of somebody's: its days, and who has seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDocument {
    /// Its kind.
    pub kind: String,
    /// Its last day.
    pub expires_on: Option<String>,
    /// When it was added, in microseconds since 1970 UTC.
    pub added_us: i64,
    /// The login of who has seen it.
    pub checked_by: Option<String>,
    /// When.
    pub checked_us: Option<i64>,
}

fn document_from(row: &Row<'_>) -> rusqlite::Result<PersonDocument> {
    Ok(PersonDocument {
        kind: row.get(0)?,
        expires_on: row.get(1)?,
        added_us: row.get(2)?,
        checked_by: row.get(3)?,
        checked_us: row.get(4)?,
    })
}

impl Records {
    /// Adds a document, or one with other days: nobody has seen that yet.
    pub fn document_set(
        &self,
        person: &PersonId,
        kind: &str,
        expires_on: Option<&str>,
        now_us: i64,
    ) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO documents(person, kind, expires_on, added_us) VALUES(?1, ?2, ?3, ?4)
                     ON CONFLICT(person, kind)
                     DO UPDATE SET expires_on = ?3, added_us = ?4, checked_by = NULL, checked_us = NULL",
                )?
                .execute(params![person, kind, expires_on, now_us])?;
            Ok(())
        })
    }

    /// Says who has seen a document; whether it is there.
    pub fn document_check(
        &self,
        person: &PersonId,
        kind: &str,
        by: &str,
        now_us: i64,
    ) -> Result<bool, StoreError> {
        self.connections.write(|transaction| {
            let mut statement = transaction.prepare_cached(
                "UPDATE documents SET checked_by = ?3, checked_us = ?4 WHERE person = ?1 AND kind = ?2",
            )?;
            Ok(statement.execute(params![person, kind, by, now_us])? == 1)
        })
    }

    /// A person's documents, by kind.
    pub fn document_list_of(&self, person: &PersonId) -> Result<Vec<PersonDocument>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT kind, expires_on, added_us, checked_by, checked_us FROM documents WHERE person = ?1 ORDER BY kind",
            )?;
            Ok(statement.query_map([person], document_from)?.collect::<Result<_, _>>()?)
        })
    }
}
