use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use crate::StoreError;
use crate::records::Records;

/// A group of learners with their instructors, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cohort {
    /// Never changes.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The school it belongs to.
    pub organisation: Option<String>,
    /// Its first day, as `2031-09-01`.
    pub begins_on: Option<String>,
    /// Its last day.
    pub ends_on: Option<String>,
    /// What the system calls it that a class list came from.
    pub sourced_id: Option<String>,
    /// When it was added, in microseconds since 1970 UTC.
    pub created_us: i64,
}

const COHORT: &str = "id, title, organisation, begins_on, ends_on, sourced_id, created_us";

fn cohort_from(row: &Row<'_>) -> rusqlite::Result<Cohort> {
    Ok(Cohort {
        id: row.get(0)?,
        title: row.get(1)?,
        organisation: row.get(2)?,
        begins_on: row.get(3)?,
        ends_on: row.get(4)?,
        sourced_id: row.get(5)?,
        created_us: row.get(6)?,
    })
}

impl Records {
    /// Adds a cohort.
    pub fn cohort_add(&self, one: &Cohort) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = format!("INSERT INTO cohorts({COHORT}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
            transaction.prepare_cached(&sql)?.execute(params![
                one.id,
                one.title,
                one.organisation,
                one.begins_on,
                one.ends_on,
                one.sourced_id,
                one.created_us
            ])?;
            Ok(())
        })
    }

    /// The cohort with this id.
    pub fn cohort(&self, id: &str) -> Result<Option<Cohort>, StoreError> {
        let sql = format!("SELECT {COHORT} FROM cohorts WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], cohort_from).optional()?))
    }

    /// All cohorts, those that began last first, each with how many learners are in it.
    pub fn cohort_list(&self) -> Result<Vec<(Cohort, u32)>, StoreError> {
        let sql = format!(
            "SELECT {COHORT}, (SELECT count(*) FROM enrolments WHERE cohort = cohorts.id AND part = 'learner')
             FROM cohorts ORDER BY begins_on DESC NULLS LAST, title COLLATE NOCASE, id"
        );
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            let found = statement.query_map([], |row| Ok((cohort_from(row)?, row.get(7)?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
