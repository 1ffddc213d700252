use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::records::ids::words;
use crate::records::{AttemptId, Records};

/// What somebody decided who looked at a sign that work may not be a learner's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IntegrityDecision {
    /// There is an honest explanation; nothing follows.
    Explained,
    /// It was spoken about with the learner; nothing else follows.
    Spoken,
    /// The lab is to be done again.
    Again,
}
words!(IntegrityDecision { Explained = "explained", Spoken = "spoken", Again = "again" });

/// One look at a sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IntegrityLook {
    /// What names the sign.
    pub sign: String,
    /// The attempt that shows it.
    pub attempt: AttemptId,
    /// What was decided.
    pub decision: IntegrityDecision,
    /// Why.
    pub note: String,
    /// The login of who looked.
    pub by: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
}

impl Records {
    /// Adds a look; those before it stay as its history.
    pub fn integrity_look_add(&self, cohort: &str, look: &IntegrityLook) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO integrity_looks(cohort, sign, attempt, decision, note, by, at_us)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    cohort,
                    look.sign,
                    look.attempt,
                    look.decision,
                    look.note,
                    look.by,
                    look.at_us
                ])?;
            Ok(())
        })
    }

    /// All looks in a cohort, oldest first.
    pub fn integrity_look_list(&self, cohort: &str) -> Result<Vec<IntegrityLook>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT sign, attempt, decision, note, by, at_us FROM integrity_looks
                 WHERE cohort = ?1 ORDER BY seq",
            )?;
            let found = statement.query_map([cohort], |row| {
                Ok(IntegrityLook {
                    sign: row.get(0)?,
                    attempt: row.get(1)?,
                    decision: row.get(2)?,
                    note: row.get(3)?,
                    by: row.get(4)?,
                    at_us: row.get(5)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
