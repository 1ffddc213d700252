use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::ids::words;
use super::{AttemptId, Records};
use crate::StoreError;

/// How much a reset takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResetGrain {
    /// To where the current step began.
    Step,
    /// To where the lab began.
    Lab,
    /// To the untouched hospital.
    Sandbox,
    /// Every lab of the track.
    Track,
}
words!(ResetGrain { Step = "step", Lab = "lab", Sandbox = "sandbox", Track = "track" });

/// One time a learner started over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reset {
    /// How much was taken back.
    pub grain: ResetGrain,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
}

impl Records {
    /// Appends a reset to an attempt's history.
    pub fn reset_add(&self, attempt: &AttemptId, reset: Reset) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached("INSERT INTO resets(attempt, grain, at_us) VALUES(?1, ?2, ?3)")?
                .execute(params![attempt, reset.grain, reset.at_us])?;
            Ok(())
        })
    }

    /// The resets of an attempt, oldest first.
    pub fn reset_list(&self, attempt: &AttemptId) -> Result<Vec<Reset>, StoreError> {
        self.connections.read(|db| {
            let mut statement =
                db.prepare_cached("SELECT grain, at_us FROM resets WHERE attempt = ?1 ORDER BY seq")?;
            let resets =
                statement.query_map([attempt], |row| Ok(Reset { grain: row.get(0)?, at_us: row.get(1)? }))?;
            Ok(resets.collect::<Result<_, _>>()?)
        })
    }
}
