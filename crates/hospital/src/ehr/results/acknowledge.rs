use serde::Deserialize;
use serde_json::{Value, json};

use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::orders::closed;
use crate::ehr::shape::{id_of, items, reference, text_at};

/// The code system of our kinds of tasks.
pub const TASK_SYSTEM: &str = "https://practicum.example/task";
/// The kind of a task to acknowledge a critical result.
pub const ACKNOWLEDGE_TASK: &str = "acknowledge-result";

/// Somebody takes note of a result that cannot wait.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AcknowledgeResult {
    /// The result: an id, or `Observation/ID`.
    pub observation: Entered,
    /// What was read back: the patient and the value, in words.
    pub read_back: Entered,
    /// What is done about it, in words.
    pub action: Entered,
}

/// What the hospital knows about a result that is acknowledged.
#[derive(Debug, Clone, Default)]
pub struct AcknowledgeFacts<'a> {
    /// The Observation, if there is one.
    pub observation: Option<&'a Value>,
    /// Whether it was acknowledged already.
    pub acknowledged: bool,
    /// Its tasks that are still open.
    pub tasks: &'a [Value],
    /// Who acknowledges, as people read it.
    pub author: &'a str,
}

/// Whether the laboratory calls a result critical.
pub fn is_critical(observation: &Value) -> bool {
    let codings = items(observation, "interpretation").iter().flat_map(|one| items(one, "coding"));
    codings.into_iter().any(|coding| matches!(text_at(coding, "code"), Some("HH" | "LL" | "AA")))
}

/// Takes note of a critical result: a Communication under `id` about the Observation.
///
/// It was sent when the result was issued and received now, with what was read back and what is done. The second list holds the tasks, completed.
///
/// # Errors
/// [`EhrError::Fields`]: among others when the value is not in what was read back.
pub fn acknowledge_result(
    command: &AcknowledgeResult,
    facts: &AcknowledgeFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<(Value, Vec<Value>), EhrError> {
    let mut problems = Problems::default();
    let Some(observation) = facts.observation else {
        return Err(EhrError::field("observation", "there is no such result", "open the list again"));
    };
    if !is_critical(observation) {
        problems.add("observation", "this result is not critical", "only critical results need this");
    }
    if facts.acknowledged {
        problems.add("observation", "this result was acknowledged already", "look at who did it");
    }
    let read_back =
        problems.needed("read_back", &command.read_back, 500, "write the patient and the value as read back");
    if let (Some(said), Some(value)) = (&read_back, value_of(observation))
        && !said.contains(&value)
    {
        problems.add(
            "read_back",
            "does not hold the value of the result",
            "read the value again, digit by digit",
        );
    }
    let action = problems.needed("action", &command.action, 500, "write what is done about it");
    problems.settle()?;
    let now = instant_text(now_us);
    let sent = ["issued", "effectiveDateTime"].into_iter().find_map(|member| text_at(observation, member));
    let mut told = json!({
        "resourceType": "Communication",
        "id": id,
        "status": "completed",
        "category": [{"coding": [{"system": TASK_SYSTEM, "code": ACKNOWLEDGE_TASK}], "text": "Critical result"}],
        "priority": "stat",
        "subject": observation.get("subject").cloned(),
        "about": [reference(observation)],
        "sent": sent.unwrap_or(&now),
        "received": now,
        "recipient": [{"display": facts.author}],
        "payload": [{"contentString": read_back}],
        "note": [{"text": action, "authorString": facts.author, "time": now}],
    });
    if let Some(encounter) = observation.get("encounter") {
        told["encounter"] = encounter.clone();
    }
    Ok((told, facts.tasks.iter().map(|task| closed(task, "completed", now_us)).collect()))
}

/// The value as it is written.
fn value_of(observation: &Value) -> Option<String> {
    observation.pointer("/valueQuantity/value").filter(|value| value.is_number()).map(Value::to_string)
}

/// The task that a critical result makes.
pub(super) fn to_acknowledge(observation: &Value, order: &Value, now_us: i64, id: &str) -> Value {
    let now = instant_text(now_us);
    let mut task = json!({
        "resourceType": "Task",
        "id": id,
        "basedOn": [{"reference": format!("ServiceRequest/{}", id_of(order))}],
        "status": "requested",
        "intent": "order",
        "priority": "stat",
        "code": {"coding": [{"system": TASK_SYSTEM, "code": ACKNOWLEDGE_TASK}]},
        "description": "Acknowledge a critical result",
        "focus": reference(observation),
        "for": observation.get("subject").cloned(),
        "authoredOn": now,
        "lastModified": now,
    });
    if let Some(requester) = order.get("requester") {
        task["owner"] = requester.clone();
    }
    task
}
