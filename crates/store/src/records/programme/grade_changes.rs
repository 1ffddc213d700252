use rusqlite::params;
use serde::Serialize;

use crate::StoreError;
use crate::records::{PersonId, Records};

/// A grade changed by hand, or such a change taken back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GradeChange {
    /// Whose grade.
    pub person: PersonId,
    /// The lab.
    pub lab: String,
    /// The grade from now on, 0 to 1; none takes the change back.
    pub score: Option<f64>,
    /// What the checks had computed at that moment.
    pub computed: f64,
    /// Why.
    pub reason: String,
    /// The login of who changed it.
    pub by: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
}

impl Records {
    /// Adds a change; those before it stay as its history.
    pub fn grade_change_add(&self, cohort: &str, change: &GradeChange) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO grade_changes(cohort, person, lab, score, computed, reason, by, at_us)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    cohort,
                    change.person,
                    change.lab,
                    change.score,
                    change.computed,
                    change.reason,
                    change.by,
                    change.at_us
                ])?;
            Ok(())
        })
    }

    /// All changes in a cohort, oldest first.
    pub fn grade_change_list(&self, cohort: &str) -> Result<Vec<GradeChange>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT person, lab, score, computed, reason, by, at_us FROM grade_changes
                 WHERE cohort = ?1 ORDER BY seq",
            )?;
            let found = statement.query_map([cohort], |row| {
                Ok(GradeChange {
                    person: row.get(0)?,
                    lab: row.get(1)?,
                    score: row.get(2)?,
                    computed: row.get(3)?,
                    reason: row.get(4)?,
                    by: row.get(5)?,
                    at_us: row.get(6)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
