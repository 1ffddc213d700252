use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids::words;
use super::{AttemptId, PersonId, Records, SandboxId};
use crate::StoreError;

/// Where an attempt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttemptState {
    /// Under way.
    Started,
    /// Every check that must pass has passed.
    Finished,
    /// Given up for a new attempt or by a reset.
    Abandoned,
}
words!(AttemptState { Started = "started", Finished = "finished", Abandoned = "abandoned" });

/// One learner's try at a lab, with everything that made their variant of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attempt {
    /// Never changes.
    pub id: AttemptId,
    /// Whose it is.
    pub person: PersonId,
    /// Slug of the lab.
    pub lab: String,
    /// Version of the lab it was begun with.
    pub lab_version: String,
    /// Which of the lab's problems.
    pub variant: String,
    /// From which every value of it was drawn.
    pub seed: u64,
    /// 1 for a person's first attempt at this lab, and so on.
    pub number: u32,
    /// Where the work is done; `None` once that sandbox is deleted.
    pub sandbox: Option<SandboxId>,
    /// Where it stands.
    pub state: AttemptState,
    /// When it began, in microseconds since 1970 UTC.
    pub started_us: i64,
    /// When it was finished or abandoned.
    pub finished_us: Option<i64>,
    /// The values given to the lab's parameters.
    pub values: Value,
    /// Ids of the `never` checks it has run into, oldest first. They stay, whatever is repaired later.
    pub tripped: Vec<String>,
}

/// The latest attempt of a person at a lab and how far it is, one row of the instructor's overview.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// The attempt.
    pub attempt: Attempt,
    /// Checks whose latest verdict is a pass.
    pub passed: u32,
    /// Checks whose latest verdict is a failure.
    pub failed: u32,
    /// Hints taken.
    pub hints: u32,
    /// When the latest verdict was given.
    pub last_verdict_us: Option<i64>,
}

/// The columns that [`attempt_from`] reads, in its order.
pub(super) const ATTEMPT: &str =
    "attempts.id, person, lab, lab_version, variant, seed, number, sandbox, state, started_us,
    finished_us, assigned, tripped";

/// Reads an attempt from the first thirteen columns of a row selected with [`ATTEMPT`].
pub(super) fn attempt_from(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    Ok(Attempt {
        id: row.get(0)?,
        person: row.get(1)?,
        lab: row.get(2)?,
        lab_version: row.get(3)?,
        variant: row.get(4)?,
        seed: row.get::<_, i64>(5)?.cast_unsigned(),
        number: row.get(6)?,
        sandbox: row.get(7)?,
        state: row.get(8)?,
        started_us: row.get(9)?,
        finished_us: row.get(10)?,
        values: json(row, 11)?,
        tripped: json(row, 12)?,
    })
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

impl Records {
    /// The number the next attempt of `person` at `lab` will have.
    pub fn attempt_next_number(&self, person: &PersonId, lab: &str) -> Result<u32, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT coalesce(max(number), 0) + 1 FROM attempts WHERE person = ?1 AND lab = ?2",
            )?;
            Ok(statement.query_row(params![person, lab], |row| row.get(0))?)
        })
    }

    /// Adds an attempt with the number from [`Records::attempt_next_number`].
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if that number was taken meanwhile.
    pub fn attempt_add(&self, attempt: &Attempt) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let added = transaction
                .prepare_cached(
                    "INSERT INTO attempts(id, person, lab, lab_version, variant, seed, number, sandbox, state,
                       started_us, finished_us, assigned, tripped)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                     ON CONFLICT(person, lab, number) DO NOTHING",
                )?
                .execute(params![
                    attempt.id,
                    attempt.person,
                    attempt.lab,
                    attempt.lab_version,
                    attempt.variant,
                    attempt.seed.cast_signed(),
                    attempt.number,
                    attempt.sandbox,
                    attempt.state,
                    attempt.started_us,
                    attempt.finished_us,
                    attempt.values.to_string(),
                    Value::from(attempt.tripped.clone()).to_string(),
                ])?;
            if added == 0 {
                let (number, lab) = (attempt.number, &attempt.lab);
                let what = format!("attempt {number} at {lab} was started a moment ago; open that one");
                return Err(StoreError::Conflict { what });
            }
            Ok(())
        })
    }

    /// The attempt with this id.
    pub fn attempt(&self, id: &AttemptId) -> Result<Option<Attempt>, StoreError> {
        let sql = format!("SELECT {ATTEMPT} FROM attempts WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], attempt_from).optional()?))
    }

    /// A person's attempts, newest first.
    pub fn attempt_list_of(&self, person: &PersonId) -> Result<Vec<Attempt>, StoreError> {
        let sql = format!(
            "SELECT {ATTEMPT} FROM attempts WHERE person = ?1 ORDER BY started_us DESC, lab, number DESC"
        );
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([person], attempt_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// A person's latest attempt at a lab.
    pub fn attempt_latest(&self, person: &PersonId, lab: &str) -> Result<Option<Attempt>, StoreError> {
        let sql = format!(
            "SELECT {ATTEMPT} FROM attempts WHERE person = ?1 AND lab = ?2 ORDER BY number DESC LIMIT 1"
        );
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_row(params![person, lab], attempt_from).optional()?)
        })
    }

    /// The attempts worked on in a sandbox that are still under way, newest first.
    pub fn attempt_list_open_in(&self, sandbox: &SandboxId) -> Result<Vec<Attempt>, StoreError> {
        let sql = format!(
            "SELECT {ATTEMPT} FROM attempts WHERE sandbox = ?1 AND state = 'started'
             ORDER BY started_us DESC, number DESC"
        );
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([sandbox], attempt_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// Finishes, abandons or reopens an attempt.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such attempt.
    pub fn attempt_set_state(
        &self,
        id: &AttemptId,
        state: AttemptState,
        finished_us: Option<i64>,
    ) -> Result<(), StoreError> {
        self.connections.write(|transaction| set_state(transaction, id, state, finished_us))
    }

    /// Adds the id of a `never` check to those the attempt has run into; adding it twice changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such attempt.
    pub fn attempt_trip(&self, id: &AttemptId, check: &str) -> Result<(), StoreError> {
        self.connections.write(|transaction| trip(transaction, id, check))
    }

    /// How everyone stands in every lab they have begun: latest attempts, by person and lab.
    pub fn standing_list(&self) -> Result<Vec<Standing>, StoreError> {
        let sql = format!(
            "SELECT {ATTEMPT}, coalesce(sum(latest.passed), 0), coalesce(sum(NOT latest.passed), 0),
                    (SELECT count(*) FROM hints WHERE hints.attempt = attempts.id), max(latest.at_us)
             FROM attempts
             LEFT JOIN (SELECT attempt, passed, at_us, max(seq) FROM verdicts GROUP BY attempt, check_id) AS latest
               ON latest.attempt = attempts.id
             WHERE number = (SELECT max(a.number) FROM attempts AS a
                             WHERE a.person = attempts.person AND a.lab = attempts.lab)
             GROUP BY attempts.id ORDER BY person, lab"
        );
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            let standings = statement.query_map([], |row| {
                Ok(Standing {
                    attempt: attempt_from(row)?,
                    passed: row.get(13)?,
                    failed: row.get(14)?,
                    hints: row.get(15)?,
                    last_verdict_us: row.get(16)?,
                })
            })?;
            Ok(standings.collect::<Result<_, _>>()?)
        })
    }
}

/// Sets an attempt's state inside an open transaction.
pub(super) fn set_state(
    transaction: &Transaction<'_>,
    id: &AttemptId,
    state: AttemptState,
    finished_us: Option<i64>,
) -> Result<(), StoreError> {
    let changed = transaction
        .prepare_cached("UPDATE attempts SET state = ?2, finished_us = ?3 WHERE id = ?1")?
        .execute(params![id, state, finished_us])?;
    found(changed, id)
}

/// Notes a trap as tripped inside an open transaction.
pub(super) fn trip(transaction: &Transaction<'_>, id: &AttemptId, check: &str) -> Result<(), StoreError> {
    let changed = transaction
        .prepare_cached(
            "UPDATE attempts SET tripped = CASE
               WHEN ?2 IN (SELECT value FROM json_each(tripped)) THEN tripped
               ELSE json_insert(tripped, '$[#]', ?2) END
             WHERE id = ?1",
        )?
        .execute(params![id, check])?;
    found(changed, id)
}

fn found(changed: usize, id: &AttemptId) -> Result<(), StoreError> {
    match changed {
        0 => Err(StoreError::NotFound { what: format!("attempt {id}") }),
        _ => Ok(()),
    }
}
