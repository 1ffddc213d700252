use serde::Deserialize;
use serde_json::{Value, json};

use super::finish::{finished, with_note};
use super::reviewed::ReviewFacts;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};

/// An order of a medicine that its prescriber has to look at again.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReturnOrder {
    /// The order: an id, or `MedicationRequest/ID`.
    pub order: Entered,
    /// Why, in words for the prescriber.
    pub reason: Entered,
    /// The version of the order that the form was opened with.
    pub expected_version: Entered,
}

/// Returns an order to its prescriber: the order, on hold for this reason, and the Task, rejected. Nobody gives what is on
/// hold; the prescriber ends the order or signs it again with an answer.
///
/// # Errors
/// [`EhrError::Fields`]: nothing waits, or no reason is given.
pub fn return_order(
    command: &ReturnOrder,
    facts: &ReviewFacts<'_>,
    now_us: i64,
) -> Result<(Value, Value), EhrError> {
    let (order, task) = facts.waiting()?;
    let mut problems = Problems::default();
    let reason = problems.needed("reason", &command.reason, 300, "write what the prescriber should change");
    problems.settle()?;
    let reason = reason.as_deref();
    let mut order = with_note(order.clone(), reason, facts.author, now_us);
    order["status"] = "on-hold".into();
    order["statusReason"] = json!({"text": reason});
    let mut task = finished(task, "rejected", "returned to the prescriber", facts.author, now_us);
    task["statusReason"] = json!({"text": reason});
    Ok((order, task))
}
