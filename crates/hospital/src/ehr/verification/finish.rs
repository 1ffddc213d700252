//! What a pharmacist's decision leaves in the record, whichever it is.

use serde_json::{Value, json};

use crate::calendar::instant_text;
use crate::ehr::orders::closed;
use crate::ehr::shape::{id_of, items_mut, text_at};

/// A Task of verification that is over: by whom, and what came of it.
pub(super) fn finished(task: &Value, status: &str, outcome: &str, author: &str, now_us: i64) -> Value {
    let mut task = closed(task, status, now_us);
    task["businessStatus"] = json!({"text": outcome});
    task["owner"] = json!({"display": author});
    task
}

/// The same with the reason, as a note of who decided.
pub(super) fn with_note(mut resource: Value, reason: Option<&str>, author: &str, now_us: i64) -> Value {
    if let Some(reason) = reason {
        let note = json!({"authorString": author, "time": instant_text(now_us), "text": reason});
        items_mut(&mut resource, "note").push(note);
    }
    resource
}

/// The Provenance that says who verified this version of an order (R4, 6.3 Provenance; agent type `verifier`).
pub(super) fn verified(order: &Value, author: &str, now_us: i64, id: &str) -> Value {
    let version = order.pointer("/meta/versionId").and_then(Value::as_str).unwrap_or("1");
    let kind = text_at(order, "resourceType").unwrap_or_default();
    let now = instant_text(now_us);
    json!({
        "resourceType": "Provenance",
        "id": id,
        "target": [{"reference": format!("{kind}/{}/_history/{version}", id_of(order))}],
        "occurredDateTime": now,
        "recorded": now,
        "activity": {"text": "Verification by a pharmacist"},
        "agent": [{
            "type": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                "code": "verifier",
                "display": "Verifier",
            }]},
            "role": [{"text": "Pharmacist"}],
            "who": {"display": author},
        }],
    })
}
