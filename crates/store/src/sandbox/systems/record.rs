use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::sandbox::{Change, View};

/// The system under which stands what every system knew from the beginning.
pub const BASELINE: &str = "*";

const COLUMNS: &str = "system, kind, key, body, due_us, updated_us";

/// Something a system has written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemRecord {
    /// Which system; [`BASELINE`] for all of them.
    pub system: String,
    /// What it is: `patient`, `order`.
    pub kind: String,
    /// Its key, unique within kind and system.
    pub key: String,
    /// What it says, as JSON.
    pub body: String,
    /// When the system does something about it by itself, virtual microseconds since 1970 UTC.
    pub due_us: Option<i64>,
    /// When it was written, virtual microseconds since 1970 UTC.
    pub updated_us: i64,
}

fn read(row: &Row<'_>) -> rusqlite::Result<SystemRecord> {
    Ok(SystemRecord {
        system: row.get(0)?,
        kind: row.get(1)?,
        key: row.get(2)?,
        body: row.get(3)?,
        due_us: row.get(4)?,
        updated_us: row.get(5)?,
    })
}

impl View<'_> {
    /// A record as a system has it: its own, otherwise that of the baseline.
    pub fn system_record(
        &self,
        system: &str,
        kind: &str,
        key: &str,
    ) -> Result<Option<SystemRecord>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM main.system_record WHERE system IN (?1, '{BASELINE}') AND kind = ?2 AND key = ?3
             ORDER BY system = '{BASELINE}' LIMIT 1"
        );
        Ok(self.connection.prepare_cached(&sql)?.query_row([system, kind, key], read).optional()?)
    }

    /// All records of a kind as a system has them, by key.
    pub fn system_records(&self, system: &str, kind: &str) -> Result<Vec<SystemRecord>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM main.system_record WHERE system = ?1 AND kind = ?2
             UNION ALL
             SELECT {COLUMNS} FROM main.system_record AS b WHERE system = '{BASELINE}' AND ?1 <> '{BASELINE}' AND kind = ?2
               AND NOT EXISTS (SELECT 1 FROM main.system_record AS o WHERE o.system = ?1 AND o.kind = ?2 AND o.key = b.key)
             ORDER BY key"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map([system, kind], read)?.collect::<Result<_, _>>()?)
    }

    /// The record whose time comes first.
    pub fn system_record_due(&self) -> Result<Option<SystemRecord>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM main.system_record WHERE due_us IS NOT NULL ORDER BY due_us, system, key LIMIT 1"
        );
        Ok(self.connection.prepare_cached(&sql)?.query_row([], read).optional()?)
    }

    /// How many records of its own a system has, by kind.
    pub fn system_record_counts(&self, system: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let sql =
            "SELECT kind, count(*) FROM main.system_record WHERE system = ?1 GROUP BY kind ORDER BY kind";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([system], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Change<'_> {
    /// Writes a system's record over what had its key.
    pub fn put_system_record(&self, record: &SystemRecord) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO main.system_record(system, kind, key, body, due_us, updated_us)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
        self.view().connection.prepare_cached(sql)?.execute(params![
            record.system,
            record.kind,
            record.key,
            record.body,
            record.due_us,
            record.updated_us
        ])?;
        Ok(())
    }

    /// Nothing happens by itself about this record any more.
    pub fn settle_system_record(&self, record: &SystemRecord) -> Result<(), StoreError> {
        let sql = "UPDATE main.system_record SET due_us = NULL WHERE system = ?1 AND kind = ?2 AND key = ?3";
        self.view().connection.prepare_cached(sql)?.execute([&record.system, &record.kind, &record.key])?;
        Ok(())
    }

    /// Removes a record of a system's own.
    pub fn drop_system_record(&self, system: &str, kind: &str, key: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM main.system_record WHERE system = ?1 AND kind = ?2 AND key = ?3";
        self.view().connection.prepare_cached(sql)?.execute([system, kind, key])?;
        Ok(())
    }
}
