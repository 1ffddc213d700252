use serde::Deserialize;
use serde_json::Value;

use super::finish::{finished, verified, with_note};
use super::reviewed::ReviewFacts;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};

/// An order of a medicine that may be given.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VerifyOrder {
    /// The order: an id, or `MedicationRequest/ID`.
    pub order: Entered,
    /// Why it may be given though a rule warns of it.
    pub override_reason: Entered,
    /// The version of the order that the form was opened with.
    pub expected_version: Entered,
}

/// Verifies an order: a new Provenance of the version that was verified (under `id`), and the Task, completed.
///
/// # Errors
/// [`EhrError::Fields`]: nothing waits, a rule stops the order, or a rule warns of it and no reason is given.
pub fn verify_order(
    command: &VerifyOrder,
    facts: &ReviewFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<(Value, Value), EhrError> {
    let (order, task) = facts.waiting()?;
    let mut problems = Problems::default();
    let reason = problems.line("override_reason", &command.override_reason, 300);
    facts.check_rules(&mut problems, reason.as_deref());
    problems.settle()?;
    let task = finished(task, "completed", "verified", facts.author, now_us);
    let task = with_note(task, reason.as_deref(), facts.author, now_us);
    Ok((verified(order, facts.author, now_us, id), task))
}
