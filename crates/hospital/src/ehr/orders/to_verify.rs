use serde_json::{Value, json};

use crate::calendar::instant_text;
use crate::ehr::shape::{items, reference, text_at};

/// The system of the Tasks about orders that FHIR itself names (R4, value set `task-code`).
pub const TASK_CODE: &str = "http://hl7.org/fhir/CodeSystem/task-code";
/// The code of the Task that asks a pharmacist to verify an order: approve what is in its focus.
pub const VERIFY_TASK: &str = "approve";

/// Whether somebody has to verify an order before it is given: a medicine for a stay in the hospital.
pub fn needs_verification(order: &Value) -> bool {
    let codings = items(order, "category").iter().flat_map(|category| items(category, "coding"));
    let is_inpatient = codings.into_iter().any(|coding| text_at(coding, "code") == Some("inpatient"));
    text_at(order, "resourceType") == Some("MedicationRequest") && is_inpatient
}

/// Whether a Task asks for, or tells of, the verification of an order.
pub fn is_verification(task: &Value) -> bool {
    let mut codings = task.get("code").map_or(&[][..], |code| items(code, "coding")).iter();
    codings.any(|coding| {
        text_at(coding, "system") == Some(TASK_CODE) && text_at(coding, "code") == Some(VERIFY_TASK)
    })
}

/// The Task that a signed order of a medicine makes. FHIR R4 has no element for it in the order itself: who has to approve
/// a request is a Task whose focus is the request (R4, 8.6 Task, and 2.33 Workflow).
pub(in crate::ehr) fn to_verify(order: &Value, author: &str, now_us: i64, id: &str) -> Value {
    let now = instant_text(now_us);
    let medicine = order.get("medicationCodeableConcept").and_then(|medicine| text_at(medicine, "text"));
    let mut task = json!({
        "resourceType": "Task",
        "id": id,
        "status": "requested",
        "intent": "order",
        "priority": order.get("priority").cloned().unwrap_or_else(|| "routine".into()),
        "code": {
            "coding": [{"system": TASK_CODE, "code": VERIFY_TASK}],
            "text": "Verification by a pharmacist",
        },
        "description": format!("Verify {}", medicine.unwrap_or("the order of a medicine")),
        "focus": reference(order),
        "for": order.get("subject").cloned(),
        "authoredOn": now,
        "lastModified": now,
        "requester": {"display": author},
        "performerType": [{"text": "Pharmacist"}],
    });
    if let Some(encounter) = order.get("encounter") {
        task["encounter"] = encounter.clone();
    }
    task
}
