use rusqlite::params;
use serde::Serialize;

use super::{AttemptId, Records};
use crate::StoreError;

/// A hint a learner has taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hint {
    /// The check it belongs to.
    pub check: String,
    /// How far up the ladder: 0 is the first.
    pub rung: u32,
    /// What it cost in this lab's evidence; 0 when free.
    pub price: f64,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
}

impl Records {
    /// Notes a hint as taken. `false` if it was taken before: then nothing changes and nothing is paid twice.
    pub fn hint_add(&self, attempt: &AttemptId, hint: &Hint) -> Result<bool, StoreError> {
        self.connections.write(|transaction| {
            let added = transaction
                .prepare_cached(
                    "INSERT INTO hints(attempt, check_id, rung, price, at_us) VALUES(?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT(attempt, check_id, rung) DO NOTHING",
                )?
                .execute(params![attempt, hint.check, hint.rung, hint.price, hint.at_us])?;
            Ok(added == 1)
        })
    }

    /// The hints taken in an attempt, by check and rung.
    pub fn hint_list(&self, attempt: &AttemptId) -> Result<Vec<Hint>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT check_id, rung, price, at_us FROM hints WHERE attempt = ?1 ORDER BY check_id, rung",
            )?;
            let hints = statement.query_map([attempt], |row| {
                Ok(Hint { check: row.get(0)?, rung: row.get(1)?, price: row.get(2)?, at_us: row.get(3)? })
            })?;
            Ok(hints.collect::<Result<_, _>>()?)
        })
    }
}
