use serde::Deserialize;
use serde_json::{Value, json};

use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::{id_of, items_mut, text_at};

/// An order that is to end.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DiscontinueOrder {
    /// The order, as `Type/ID`.
    pub order: Entered,
    /// Why, in words; not needed for a draft.
    pub reason: Entered,
    /// The version of the order that the form was opened with.
    pub expected_version: Entered,
}

/// What the hospital knows about an order that is to end.
#[derive(Debug, Clone, Default)]
pub struct DiscontinueFacts<'a> {
    /// The order, if there is one.
    pub order: Option<&'a Value>,
    /// Its tasks that are still open.
    pub tasks: &'a [Value],
    /// Who ends it, as people read it.
    pub author: &'a str,
}

/// Ends an order: a draft is cancelled or revoked, a medicine in force is stopped, a service in force is revoked, and the
/// work it made is cancelled. The first is the order; all else in them stays.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn discontinue_order(
    command: &DiscontinueOrder,
    facts: &DiscontinueFacts<'_>,
    now_us: i64,
) -> Result<Vec<Value>, EhrError> {
    let mut problems = Problems::default();
    let Some(order) = facts.order else {
        return Err(EhrError::field("order", "there is no such order", "open the list of orders again"));
    };
    let status = text_at(order, "status").unwrap_or("without a status");
    if !["draft", "active", "on-hold"].contains(&status) {
        let name = format!("{}/{}", text_at(order, "resourceType").unwrap_or_default(), id_of(order));
        problems.add("order", format!("{name} is {status}"), "end only what is a draft or in force");
    }
    let reason = match status {
        "draft" => problems.line("reason", &command.reason, 300),
        _ => problems.needed("reason", &command.reason, 300, "write why it ends"),
    };
    problems.settle()?;
    let is_medication = text_at(order, "resourceType") == Some("MedicationRequest");
    let ended = match (is_medication, status) {
        (true, "draft") => "cancelled",
        (true, _) => "stopped",
        (false, _) => "revoked",
    };
    let mut order = order.clone();
    order["status"] = ended.into();
    if let Some(reason) = reason {
        if is_medication {
            order["statusReason"] = json!({"text": reason});
        }
        let note = json!({"authorString": facts.author, "time": instant_text(now_us), "text": reason});
        items_mut(&mut order, "note").push(note);
    }
    let mut changed = vec![order];
    changed.extend(facts.tasks.iter().map(|task| closed(task, "cancelled", now_us)));
    Ok(changed)
}

/// A task that is over.
pub(in crate::ehr) fn closed(task: &Value, status: &str, now_us: i64) -> Value {
    let mut task = task.clone();
    task["status"] = status.into();
    task["lastModified"] = instant_text(now_us).into();
    task
}
