use rusqlite::params;
use serde::Serialize;

use crate::StoreError;
use crate::records::Records;

/// A track that a cohort is to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// The track.
    pub track: String,
    /// From when, as `2031-09-01`.
    pub opens_on: Option<String>,
    /// By when.
    pub due_on: Option<String>,
}

impl Records {
    /// Assigns a track to a cohort, or changes its days.
    pub fn assignment_set(&self, cohort: &str, one: &Assignment) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO assignments(cohort, track, opens_on, due_on) VALUES(?1, ?2, ?3, ?4)
                     ON CONFLICT(cohort, track) DO UPDATE SET opens_on = ?3, due_on = ?4",
                )?
                .execute(params![cohort, one.track, one.opens_on, one.due_on])?;
            Ok(())
        })
    }

    /// Takes an assignment back.
    pub fn assignment_remove(&self, cohort: &str, track: &str) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached("DELETE FROM assignments WHERE cohort = ?1 AND track = ?2")?
                .execute(params![cohort, track])?;
            Ok(())
        })
    }

    /// What a cohort is to take, by due day.
    pub fn assignment_list(&self, cohort: &str) -> Result<Vec<Assignment>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT track, opens_on, due_on FROM assignments WHERE cohort = ?1
                 ORDER BY due_on NULLS LAST, track",
            )?;
            let found = statement.query_map([cohort], |row| {
                Ok(Assignment { track: row.get(0)?, opens_on: row.get(1)?, due_on: row.get(2)? })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
