use rusqlite::{OptionalExtension, Row, params};

use super::{Records, SandboxId};
use crate::StoreError;

/// A test of risks on people whom nobody in a hospital has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlindTestRow {
    /// The task by its name.
    pub task: String,
    /// Which people they are.
    pub mark: String,
    /// When it was opened, microseconds since 1970 UTC.
    pub opened_us: i64,
    /// The try it was closed with.
    pub chosen: Option<u32>,
}

/// Risks that were handed in, without them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlindTryRow {
    /// Its number, from 1.
    pub number: u32,
    /// When, microseconds since 1970 UTC.
    pub tried_us: i64,
    /// By whom.
    pub tried_by: String,
    /// Where the risks came from, in words.
    pub source: String,
    /// SHA-256 of them, lower-case hexadecimal.
    pub sha256: String,
    /// The score that is told at once, as JSON.
    pub public: String,
    /// The score that is told when the test is closed, as JSON.
    pub private: String,
}

const TEST: &str = "task, mark, opened_us, chosen";
const TRY: &str = "number, tried_us, tried_by, source, sha256, public, private";

fn test_from(row: &Row<'_>) -> rusqlite::Result<BlindTestRow> {
    Ok(BlindTestRow { task: row.get(0)?, mark: row.get(1)?, opened_us: row.get(2)?, chosen: row.get(3)? })
}

fn try_from(row: &Row<'_>) -> rusqlite::Result<BlindTryRow> {
    Ok(BlindTryRow {
        number: row.get(0)?,
        tried_us: row.get(1)?,
        tried_by: row.get(2)?,
        source: row.get(3)?,
        sha256: row.get(4)?,
        public: row.get(5)?,
        private: row.get(6)?,
    })
}

impl Records {
    /// Opens a test. One that is open on the same people stays as it is; one on others begins anew.
    pub fn blind_test_open(&self, sandbox: &SandboxId, test: &BlindTestRow) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached("DELETE FROM blind_tests WHERE sandbox = ?1 AND task = ?2 AND mark <> ?3")?
                .execute(params![sandbox, test.task, test.mark])?;
            transaction
                .prepare_cached(
                    "INSERT INTO blind_tests(sandbox, task, mark, opened_us) VALUES(?1, ?2, ?3, ?4)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![sandbox, test.task, test.mark, test.opened_us])?;
            Ok(())
        })
    }

    /// The test of a task, if it was opened.
    pub fn blind_test(&self, sandbox: &SandboxId, task: &str) -> Result<Option<BlindTestRow>, StoreError> {
        let sql = format!("SELECT {TEST} FROM blind_tests WHERE sandbox = ?1 AND task = ?2");
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_row(params![sandbox, task], test_from).optional()?)
        })
    }

    /// The tries of a test, in order.
    pub fn blind_tries(&self, sandbox: &SandboxId, task: &str) -> Result<Vec<BlindTryRow>, StoreError> {
        let sql = format!("SELECT {TRY} FROM blind_tries WHERE sandbox = ?1 AND task = ?2 ORDER BY number");
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            let tries = statement.query_map(params![sandbox, task], try_from)?;
            Ok(tries.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a try, whose number is given back; `row.number` is not read.
    ///
    /// # Errors
    /// [`StoreError::Full`] when there are `most` already, and [`StoreError::NotFound`] when no test is open.
    pub fn blind_try_add(
        &self,
        sandbox: &SandboxId,
        task: &str,
        row: &BlindTryRow,
        most: u32,
    ) -> Result<u32, StoreError> {
        self.connections.write(|transaction| {
            let held: u32 = transaction
                .prepare_cached("SELECT count(*) FROM blind_tries WHERE sandbox = ?1 AND task = ?2")?
                .query_row(params![sandbox, task], |row| row.get(0))?;
            if held >= most {
                return Err(StoreError::Full { what: format!("all {most} tries are used; choose one and close the test") });
            }
            let open: Option<u32> = transaction
                .prepare_cached("SELECT 1 FROM blind_tests WHERE sandbox = ?1 AND task = ?2 AND chosen IS NULL")?
                .query_row(params![sandbox, task], |row| row.get(0))
                .optional()?;
            if open.is_none() {
                return Err(StoreError::NotFound { what: "an open test of this task".to_owned() });
            }
            let number = held + 1;
            transaction
                .prepare_cached(
                    "INSERT INTO blind_tries(sandbox, task, number, tried_us, tried_by, source, sha256, public, private)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    sandbox,
                    task,
                    number,
                    row.tried_us,
                    row.tried_by,
                    row.source,
                    row.sha256,
                    row.public,
                    row.private
                ])?;
            Ok(number)
        })
    }

    /// Closes a test with a try.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is closed already, or there is no such try.
    pub fn blind_test_close(&self, sandbox: &SandboxId, task: &str, number: u32) -> Result<(), StoreError> {
        let sql = "UPDATE blind_tests SET chosen = ?3 WHERE sandbox = ?1 AND task = ?2 AND chosen IS NULL
                   AND EXISTS (SELECT 1 FROM blind_tries WHERE sandbox = ?1 AND task = ?2 AND number = ?3)";
        self.connections.write(|transaction| {
            match transaction.prepare_cached(sql)?.execute(params![sandbox, task, number])? {
                0 => Err(StoreError::NotFound { what: format!("an open test with a try {number}") }),
                _ => Ok(()),
            }
        })
    }
}
