use rusqlite::params;

use super::{PersonId, Records};
use crate::StoreError;

/// What came of a drill that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillResult {
    /// The drill, which may be gone with its hospital.
    pub drill: String,
    /// The scenario.
    pub scenario: String,
    /// When it ended, in microseconds since 1970 UTC.
    pub ended_us: i64,
    /// Points of a hundred.
    pub points: u32,
    /// Whether it is passed.
    pub passed: bool,
    /// In which minute somebody knew what it was.
    pub detected_min: Option<i64>,
    /// In which minute it did no more harm.
    pub contained_min: Option<i64>,
    /// In which minute all was as before.
    pub restored_min: Option<i64>,
}

impl Records {
    /// Ends a drill and keeps what came of it for everybody who takes part. A drill that is over stays as it ended.
    pub fn drill_end(&self, result: &DrillResult) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let ended = transaction
                .prepare_cached(
                    "UPDATE drills SET ended_us = ?2, points = ?3, passed = ?4 WHERE id = ?1 AND ended_us IS NULL",
                )?
                .execute(params![result.drill, result.ended_us, result.points, result.passed])?;
            if ended == 0 {
                return Ok(());
            }
            transaction
                .prepare_cached(
                    "INSERT INTO drill_results(drill, scenario, ended_us, points, passed, detected_min, contained_min, restored_min)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    result.drill,
                    result.scenario,
                    result.ended_us,
                    result.points,
                    result.passed,
                    result.detected_min,
                    result.contained_min,
                    result.restored_min
                ])?;
            transaction
                .prepare_cached(
                    "INSERT INTO drill_result_people(drill, person)
                     SELECT drill, person FROM drill_members WHERE drill = ?1",
                )?
                .execute([&result.drill])?;
            Ok(())
        })
    }

    /// What came of the drills that somebody took part in, oldest first.
    pub fn drill_result_list_of(&self, person: &PersonId) -> Result<Vec<DrillResult>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT drill, scenario, ended_us, points, passed, detected_min, contained_min, restored_min
                 FROM drill_results
                 WHERE drill IN (SELECT drill FROM drill_result_people WHERE person = ?1)
                 ORDER BY ended_us, drill",
            )?;
            let found = statement.query_map([person], |row| {
                Ok(DrillResult {
                    drill: row.get(0)?,
                    scenario: row.get(1)?,
                    ended_us: row.get(2)?,
                    points: row.get(3)?,
                    passed: row.get(4)?,
                    detected_min: row.get(5)?,
                    contained_min: row.get(6)?,
                    restored_min: row.get(7)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
