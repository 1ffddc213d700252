use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;

use super::{AttemptId, AttemptState, Records, Verdict, attempts, verdicts};
use crate::StoreError;

/// What is known of an attempt's checks now.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckStates {
    /// A JSON object with one state by check.
    pub states: Value,
    /// When a check last came to pass or ceased to, in microseconds since 1970 UTC.
    pub changed_us: i64,
}

/// What one run of the checks adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// New evidence.
    pub verdicts: Vec<Verdict>,
    /// Traps that are tripped, whether for the first time or again.
    pub tripped: Vec<String>,
    /// What is known now.
    pub states: CheckStates,
    /// When the attempt was finished by this, in microseconds since 1970 UTC.
    pub finished_us: Option<i64>,
}

impl Records {
    /// What is known of an attempt's checks; `None` before the first look.
    pub fn check_states(&self, attempt: &AttemptId) -> Result<Option<CheckStates>, StoreError> {
        let found: Option<(String, i64)> = self.connections.read(|db| {
            let mut statement =
                db.prepare_cached("SELECT states, changed_us FROM check_states WHERE attempt = ?1")?;
            Ok(statement.query_row([attempt], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        })?;
        let read = |(text, changed_us): (String, i64)| {
            let damaged = |_| StoreError::Damaged { what: format!("the check states of attempt {attempt}") };
            Ok(CheckStates { states: serde_json::from_str(&text).map_err(damaged)?, changed_us })
        };
        found.map(read).transpose()
    }

    /// Replaces what is known of an attempt's checks.
    pub fn check_states_set(&self, attempt: &AttemptId, states: &CheckStates) -> Result<(), StoreError> {
        self.connections.write(|transaction| set(transaction, attempt, states))
    }

    /// Adds what one run of the checks found, all or nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such attempt.
    pub fn judgement_add(&self, attempt: &AttemptId, judgement: &Judgement) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            set(transaction, attempt, &judgement.states)?;
            verdicts::insert(transaction, attempt, &judgement.verdicts)?;
            judgement.tripped.iter().try_for_each(|check| attempts::trip(transaction, attempt, check))?;
            match judgement.finished_us {
                Some(_) => {
                    attempts::set_state(transaction, attempt, AttemptState::Finished, judgement.finished_us)
                }
                None => Ok(()),
            }
        })
    }
}

fn set(transaction: &Transaction<'_>, attempt: &AttemptId, states: &CheckStates) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO check_states(attempt, states, changed_us) VALUES(?1, ?2, ?3)
             ON CONFLICT(attempt) DO UPDATE SET states = excluded.states, changed_us = excluded.changed_us",
        )?
        .execute(params![attempt, states.states.to_string(), states.changed_us])?;
    Ok(())
}
