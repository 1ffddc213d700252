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
    /// Its version, as of software.
    pub version: String,
    /// How many people had a role in it.
    pub crew: usize,
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

const RESULT: &str =
    "drill, scenario, version, crew, ended_us, points, passed, detected_min, contained_min, restored_min";

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
            let sql = format!(
                "INSERT INTO drill_results({RESULT}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
            );
            transaction
                .prepare_cached(&sql)?
                .execute(params![
                    result.drill,
                    result.scenario,
                    result.version,
                    result.crew,
                    result.ended_us,
                    result.points,
                    result.passed,
                    result.detected_min,
                    result.contained_min,
                    result.restored_min
                ])?;
            transaction
                .prepare_cached(
                    "INSERT INTO drill_result_people(drill, person, roles)
                     SELECT drill, person, roles FROM drill_members WHERE drill = ?1",
                )?
                .execute([&result.drill])?;
            Ok(())
        })
    }

    /// What came of the drills that somebody took part in, oldest first.
    pub fn drill_result_list_of(&self, person: &PersonId) -> Result<Vec<DrillResult>, StoreError> {
        self.drill_results_where("person = ?1", person)
    }

    /// The same, of those in which they had a role.
    pub fn drill_result_list_as_roles(&self, person: &PersonId) -> Result<Vec<DrillResult>, StoreError> {
        self.drill_results_where("person = ?1 AND roles <> ''", person)
    }

    fn drill_results_where(&self, clause: &str, person: &PersonId) -> Result<Vec<DrillResult>, StoreError> {
        let sql = format!(
            "SELECT {RESULT} FROM drill_results
             WHERE drill IN (SELECT drill FROM drill_result_people WHERE {clause})
             ORDER BY ended_us, drill"
        );
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            let found = statement.query_map([person], |row| {
                Ok(DrillResult {
                    drill: row.get(0)?,
                    scenario: row.get(1)?,
                    version: row.get(2)?,
                    crew: row.get(3)?,
                    ended_us: row.get(4)?,
                    points: row.get(5)?,
                    passed: row.get(6)?,
                    detected_min: row.get(7)?,
                    contained_min: row.get(8)?,
                    restored_min: row.get(9)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
