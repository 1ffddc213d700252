use serde::Deserialize;
use serde_json::{Value, json};

use super::finish::finished;
use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::EhrError;
use crate::ehr::results::TASK_SYSTEM;
use crate::ehr::shape::reference;

/// The code of the Task that asks a prescriber to countersign an order that was changed.
pub const COSIGN_TASK: &str = "cosign-order";

/// A changed order that its prescriber agrees to.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CosignOrder {
    /// The order: an id, or `MedicationRequest/ID`.
    pub order: Entered,
}

/// What the hospital knows about an order that is to be countersigned.
#[derive(Debug, Clone, Default)]
pub struct CosignFacts<'a> {
    /// The order, if there is one.
    pub order: Option<&'a Value>,
    /// Its Tasks to countersign that are still open.
    pub tasks: &'a [Value],
    /// Who countersigns, as people read it.
    pub author: &'a str,
}

/// Countersigns a changed order: its Tasks, completed. Whoever does not agree ends the order instead.
///
/// # Errors
/// [`EhrError::Fields`] when nothing waits.
pub fn cosign_order(facts: &CosignFacts<'_>, now_us: i64) -> Result<Vec<Value>, EhrError> {
    let list = "open the in-basket again";
    if facts.order.is_none() {
        return Err(EhrError::field("order", "there is no such order", list));
    }
    if facts.tasks.is_empty() {
        return Err(EhrError::field("order", "this order waits for no countersignature", list));
    }
    let done = |task| finished(task, "completed", "countersigned", facts.author, now_us);
    Ok(facts.tasks.iter().map(done).collect())
}

/// The Task that a changed order makes for whoever asked for it.
pub(super) fn to_cosign(order: &Value, reason: &str, now_us: i64, id: &str) -> Value {
    let now = instant_text(now_us);
    let mut task = json!({
        "resourceType": "Task",
        "id": id,
        "status": "requested",
        "intent": "order",
        "priority": "routine",
        "code": {"coding": [{"system": TASK_SYSTEM, "code": COSIGN_TASK}]},
        "description": "Countersign an order that a pharmacist changed",
        "focus": reference(order),
        "for": order.get("subject").cloned(),
        "authoredOn": now,
        "lastModified": now,
        "reasonCode": {"text": reason},
    });
    if let Some(requester) = order.get("requester") {
        task["owner"] = requester.clone();
    }
    if let Some(encounter) = order.get("encounter") {
        task["encounter"] = encounter.clone();
    }
    task
}
