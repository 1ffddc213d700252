use rusqlite::{Row, params};
use serde::Serialize;

use super::{AttemptId, Records};
use crate::StoreError;

/// What a learner answered to a question, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The check that asked.
    pub check: String,
    /// Word for word as given.
    pub value: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
}

fn answer_from(row: &Row<'_>) -> rusqlite::Result<Answer> {
    Ok(Answer { check: row.get(0)?, value: row.get(1)?, at_us: row.get(2)? })
}

impl Records {
    /// Appends an answer; earlier ones stay as history.
    pub fn answer_add(&self, attempt: &AttemptId, answer: &Answer) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO answers(attempt, check_id, value, at_us) VALUES(?1, ?2, ?3, ?4)",
                )?
                .execute(params![attempt, answer.check, answer.value, answer.at_us])?;
            Ok(())
        })
    }

    /// The latest answer to each question of an attempt, by check.
    pub fn answer_latest(&self, attempt: &AttemptId) -> Result<Vec<Answer>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT check_id, value, at_us FROM answers
                 WHERE seq IN (SELECT max(seq) FROM answers WHERE attempt = ?1 GROUP BY check_id)
                 ORDER BY check_id",
            )?;
            Ok(statement.query_map([attempt], answer_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// Every answer of an attempt, oldest first.
    pub fn answer_history(&self, attempt: &AttemptId) -> Result<Vec<Answer>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT check_id, value, at_us FROM answers WHERE attempt = ?1 ORDER BY seq",
            )?;
            Ok(statement.query_map([attempt], answer_from)?.collect::<Result<_, _>>()?)
        })
    }
}
