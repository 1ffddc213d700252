use rusqlite::{Row, Transaction, params};
use serde::Serialize;

use crate::StoreError;
use crate::records::attempts::{ATTEMPT, attempt_from};
use crate::records::ids::words;
use crate::records::people::{PERSON, person_from};
use crate::records::{Attempt, Person, PersonId, Records};

/// What somebody is in a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Learns.
    Learner,
    /// Teaches.
    Instructor,
}
words!(Part { Learner = "learner", Instructor = "instructor" });

/// Somebody's place in a cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Enrolment {
    /// The cohort.
    pub cohort: String,
    /// Who.
    pub person: PersonId,
    /// As what.
    pub part: Part,
    /// Since when, where it is not the cohort's first day.
    pub begins_on: Option<String>,
    /// Until when.
    pub ends_on: Option<String>,
}

/// Somebody in a cohort, with their account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// As what.
    pub part: Part,
    /// Since when, where it is not the cohort's first day.
    pub begins_on: Option<String>,
    /// Until when.
    pub ends_on: Option<String>,
    /// Days that are added to every due day: an accommodation, whose reason is nobody's business here.
    pub extra_days: u32,
}

/// An attempt of somebody in a cohort, with what is known of its checks as the text it is kept in: a cohort has thousands.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortAttempt {
    /// The attempt.
    pub attempt: Attempt,
    /// A JSON object with one state by check.
    pub states: Option<String>,
    /// When a check last came to pass or ceased to, in microseconds since 1970 UTC.
    pub changed_us: Option<i64>,
}

fn member_from(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        person: person_from(row)?,
        part: row.get(5)?,
        begins_on: row.get(6)?,
        ends_on: row.get(7)?,
        extra_days: row.get(8)?,
    })
}

impl Records {
    /// Puts somebody into a cohort, or changes as what; days that were added to their due days stay.
    pub fn enrolment_set(&self, enrolment: &Enrolment) -> Result<(), StoreError> {
        self.connections.write(|transaction| set(transaction, enrolment))
    }

    /// Takes somebody out of a cohort; what they did stays.
    pub fn enrolment_remove(&self, cohort: &str, person: &PersonId) -> Result<(), StoreError> {
        self.connections.write(|transaction| remove(transaction, cohort, person))
    }

    /// Adds days to every due day of somebody in a cohort; whether they are in it.
    pub fn enrolment_set_extra_days(
        &self,
        cohort: &str,
        person: &PersonId,
        days: u32,
    ) -> Result<bool, StoreError> {
        self.connections.write(|transaction| {
            let mut statement = transaction
                .prepare_cached("UPDATE enrolments SET extra_days = ?3 WHERE cohort = ?1 AND person = ?2")?;
            Ok(statement.execute(params![cohort, person, days])? == 1)
        })
    }

    /// Who is in a cohort, by name.
    pub fn enrolment_list(&self, cohort: &str) -> Result<Vec<Member>, StoreError> {
        let sql = format!(
            "SELECT {PERSON}, part, begins_on, ends_on, extra_days FROM enrolments JOIN people ON people.id = person
             WHERE cohort = ?1 ORDER BY people.name COLLATE NOCASE, people.id"
        );
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([cohort], member_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// The cohorts a person learns in.
    pub fn enrolment_list_of(&self, person: &PersonId) -> Result<Vec<Enrolment>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT cohort, person, part, begins_on, ends_on FROM enrolments WHERE person = ?1 ORDER BY cohort",
            )?;
            let found = statement.query_map([person], |row| {
                Ok(Enrolment {
                    cohort: row.get(0)?,
                    person: row.get(1)?,
                    part: row.get(2)?,
                    begins_on: row.get(3)?,
                    ends_on: row.get(4)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// The latest attempt of every learner of a cohort at every lab, with what is known of its checks, in one look.
    pub fn cohort_attempts(&self, cohort: &str) -> Result<Vec<CohortAttempt>, StoreError> {
        let sql = format!(
            "SELECT {ATTEMPT}, check_states.states, check_states.changed_us
             FROM attempts LEFT JOIN check_states ON check_states.attempt = attempts.id
             WHERE person IN (SELECT e.person FROM enrolments AS e WHERE e.cohort = ?1 AND e.part = 'learner')
               AND number = (SELECT max(a.number) FROM attempts AS a
                             WHERE a.person = attempts.person AND a.lab = attempts.lab)
             ORDER BY person, lab"
        );
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            let found = statement.query_map([cohort], |row| {
                Ok(CohortAttempt {
                    attempt: attempt_from(row)?,
                    states: row.get(13)?,
                    changed_us: row.get(14)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

/// Puts somebody into a cohort inside an open transaction.
pub(super) fn set(transaction: &Transaction<'_>, enrolment: &Enrolment) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO enrolments(cohort, person, part, begins_on, ends_on) VALUES(?1, ?2, ?3, ?4, ?5)
             ON CONFLICT(cohort, person) DO UPDATE SET part = ?3, begins_on = ?4, ends_on = ?5",
        )?
        .execute(params![
            enrolment.cohort,
            enrolment.person,
            enrolment.part,
            enrolment.begins_on,
            enrolment.ends_on
        ])?;
    Ok(())
}

/// Takes somebody out of a cohort inside an open transaction.
pub(super) fn remove(
    transaction: &Transaction<'_>,
    cohort: &str,
    person: &PersonId,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached("DELETE FROM enrolments WHERE cohort = ?1 AND person = ?2")?
        .execute(params![cohort, person])?;
    Ok(())
}
