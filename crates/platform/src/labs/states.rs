//! What is known of each check of an attempt, as it is kept.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use store::StoreError;
use store::records::{AttemptId, CheckStates};
use training::attempt::CheckState;
use training::lab::{Check, Modifier};

use super::error::LabError;
use crate::platform::Platform;

/// The states of checks, by check.
pub(crate) type States = BTreeMap<String, CheckState>;

/// How a check stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Not so yet, and nobody has asked: nothing to worry about.
    NotYet,
    /// It holds now, and counts once it has held for long enough.
    Holding,
    /// It counts. For a trap: nobody has stepped into it.
    Passed,
    /// The learner asked, and it is not so; or it came too late.
    Failed,
    /// A trap that holds no longer.
    Tripped,
}

/// How a check stands.
pub(super) fn standing(check: &Check, state: &CheckState) -> Standing {
    let Some(verdict) = &state.verdict else { return Standing::NotYet };
    let asked = state.failed_asks > 0;
    match (verdict.passed, check.modifier) {
        (false, Modifier::Never) => Standing::Tripped,
        (false, _) if asked => Standing::Failed,
        (false, _) => Standing::NotYet,
        (true, _) if state.green => Standing::Passed,
        (true, _) if check.stable_for.is_some() => Standing::Holding,
        (true, _) => Standing::Failed,
    }
}

/// States as they are kept.
pub(super) fn kept(states: &States, changed_us: i64) -> CheckStates {
    CheckStates { states: serde_json::json!(states), changed_us }
}

impl Platform {
    /// What is known of an attempt's checks, and when that last changed for better or worse.
    pub(super) fn states(&self, attempt: &AttemptId) -> Result<(States, Option<i64>), LabError> {
        let Some(found) = self.records.check_states(attempt)? else { return Ok((States::new(), None)) };
        let damaged = |_| damaged(attempt);
        Ok((serde_json::from_value(found.states).map_err(damaged)?, Some(found.changed_us)))
    }
}

/// States from the text they are kept in.
pub(crate) fn states_from(attempt: &AttemptId, text: Option<&str>) -> Result<States, StoreError> {
    text.map_or(Ok(States::new()), |text| serde_json::from_str(text).map_err(|_| damaged(attempt)))
}

fn damaged(attempt: &AttemptId) -> StoreError {
    StoreError::Damaged { what: format!("the check states of attempt {attempt}") }
}
