use rusqlite::{Row, Transaction, params};
use serde::Serialize;

use super::{AttemptId, Records};
use crate::StoreError;

/// What a check found, once, with the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The check.
    pub check: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Whether the learner asked for it; otherwise it ran by itself after something changed.
    pub asked: bool,
    /// Whether the condition held.
    pub passed: bool,
    /// What the check wanted to see.
    pub expected: String,
    /// What it saw.
    pub observed: String,
    /// Where it looked: a FHIR search, journal entries, a URL.
    pub location: String,
}

fn verdict_from(row: &Row<'_>) -> rusqlite::Result<Verdict> {
    Ok(Verdict {
        check: row.get(0)?,
        at_us: row.get(1)?,
        asked: row.get(2)?,
        passed: row.get(3)?,
        expected: row.get(4)?,
        observed: row.get(5)?,
        location: row.get(6)?,
    })
}

/// Appends verdicts inside an open transaction.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    attempt: &AttemptId,
    verdicts: &[Verdict],
) -> Result<(), StoreError> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO verdicts(attempt, check_id, at_us, asked, passed, expected, observed, location)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for verdict in verdicts {
        statement.execute(params![
            attempt,
            verdict.check,
            verdict.at_us,
            verdict.asked,
            verdict.passed,
            verdict.expected,
            verdict.observed,
            verdict.location
        ])?;
    }
    Ok(())
}

impl Records {
    /// Appends the verdicts of one run of the checks, all or none. Earlier ones are evidence and stay.
    pub fn verdict_add(&self, attempt: &AttemptId, verdicts: &[Verdict]) -> Result<(), StoreError> {
        self.connections.write(|transaction| insert(transaction, attempt, verdicts))
    }

    /// The latest verdict of each check of an attempt, by check.
    pub fn verdict_latest(&self, attempt: &AttemptId) -> Result<Vec<Verdict>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT check_id, at_us, asked, passed, expected, observed, location FROM verdicts
                 WHERE seq IN (SELECT max(seq) FROM verdicts WHERE attempt = ?1 GROUP BY check_id)
                 ORDER BY check_id",
            )?;
            Ok(statement.query_map([attempt], verdict_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// Every verdict of an attempt, oldest first.
    pub fn verdict_history(&self, attempt: &AttemptId) -> Result<Vec<Verdict>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT check_id, at_us, asked, passed, expected, observed, location FROM verdicts
                 WHERE attempt = ?1 ORDER BY seq",
            )?;
            Ok(statement.query_map([attempt], verdict_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// How often the learner asked for this check and it failed: what a free hint is counted by.
    pub fn verdict_count_failed(&self, attempt: &AttemptId, check: &str) -> Result<u32, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT count(*) FROM verdicts WHERE attempt = ?1 AND check_id = ?2 AND asked AND NOT passed",
            )?;
            Ok(statement.query_row(params![attempt, check], |row| row.get(0))?)
        })
    }
}
