use rusqlite::{Row, Transaction, params};

use crate::StoreError;
use crate::records::Records;

/// An entry of a record, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEntry {
    /// Its number, from 1.
    pub seq: u64,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Who, by id.
    pub by: String,
    /// What, as JSON.
    pub body: String,
    /// The hash over it and the one before.
    pub hash: String,
}

fn entry_from(row: &Row<'_>) -> rusqlite::Result<RecordEntry> {
    Ok(RecordEntry {
        seq: row.get(0)?,
        at_us: row.get(1)?,
        by: row.get(2)?,
        body: row.get(3)?,
        hash: row.get(4)?,
    })
}

/// Writes an entry; whether its number was free.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    apprenticeship: &str,
    entry: &RecordEntry,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO apprenticeship_entries(apprenticeship, seq, at_us, by, body, hash)
               VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
    let RecordEntry { seq, at_us, by, body, hash } = entry;
    Ok(transaction.prepare_cached(sql)?.execute(params![apprenticeship, seq, at_us, by, body, hash])? == 1)
}

impl Records {
    /// Adds an entry to a record.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if somebody else wrote an entry with this number meanwhile.
    pub fn record_entry_add(&self, apprenticeship: &str, entry: &RecordEntry) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            if insert(transaction, apprenticeship, entry)? {
                return Ok(());
            }
            let what =
                "somebody else wrote into this record at the same time; look again, and send it once more";
            Err(StoreError::Conflict { what: what.to_owned() })
        })
    }

    /// The entries of a record, in order.
    pub fn record_entries(&self, apprenticeship: &str) -> Result<Vec<RecordEntry>, StoreError> {
        let sql = "SELECT seq, at_us, by, body, hash FROM apprenticeship_entries WHERE apprenticeship = ?1 ORDER BY seq";
        self.connections.read(|db| {
            Ok(db.prepare_cached(sql)?.query_map([apprenticeship], entry_from)?.collect::<Result<_, _>>()?)
        })
    }
}
