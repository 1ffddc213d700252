use serde::Deserialize;
use serde_json::{Value, json};

use super::catalogue::title_of;
use super::draft::is_of;
use super::to_verify::{needs_verification, to_verify};
use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::{id_of, items_mut, reference, text_at};
use crate::ehr::support::{Firing, Severity};

/// Drafts that are to be in force.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignOrders {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The orders, as `Type/ID` separated by spaces or commas; all drafts of the patient when left out.
    pub orders: Entered,
    /// Why warnings are overridden, in words; for an order that the pharmacist returned, the answer.
    pub override_reason: Entered,
}

/// What the hospital knows about orders that are to be signed.
#[derive(Debug, Clone, Default)]
pub struct SignFacts<'a> {
    /// The patient, if there is one.
    pub patient: Option<&'a Value>,
    /// The orders that were found.
    pub orders: &'a [Value],
    /// References that lead to no order.
    pub missing: &'a [String],
    /// What rules say about these orders.
    pub firings: &'a [Firing],
    /// Who signs, as people read it.
    pub author: &'a str,
}

/// Puts drafts into force, and again what the pharmacist returned: the orders as they are then, and the work they make.
///
/// That work is a Task to fulfil a service, and one to verify a medicine for a stay.
///
/// # Errors
/// [`EhrError::Fields`]; [`EhrError::Support`] when a rule stops an order, or warns and no reason is given.
pub fn sign_orders(
    command: &SignOrders,
    facts: &SignFacts<'_>,
    now_us: i64,
    new_id: &mut dyn FnMut() -> String,
) -> Result<(Vec<Value>, Vec<Value>), EhrError> {
    let mut problems = Problems::default();
    check(&mut problems, facts);
    let reason = problems.line("override_reason", &command.override_reason, 300);
    problems.settle()?;
    let stopped = facts.firings.iter().any(|firing| firing.severity == Severity::Stop);
    let warned = facts.firings.iter().any(|firing| firing.severity == Severity::Warning);
    if stopped || (warned && reason.is_none()) {
        return Err(EhrError::Support(facts.firings.to_vec()));
    }
    if facts.orders.iter().any(is_returned) && reason.is_none() {
        let what = "a pharmacist returned one of these orders";
        return Err(EhrError::field("override_reason", what, "write your answer, or end the order"));
    }
    let answered = |order: &Value| match &reason {
        Some(reason) if is_returned(order) => with_answer(order, reason, facts.author, now_us),
        _ => order.clone(),
    };
    let signed: Vec<Value> =
        facts.orders.iter().map(|order| signed_order(&answered(order), facts.author, now_us)).collect();
    let work = signed.iter().filter_map(|order| work(order, facts.author, now_us, new_id));
    let work = work.collect();
    Ok((signed, work))
}

/// Whether an order of a medicine was signed once and is held now, until its prescriber answers.
fn is_returned(order: &Value) -> bool {
    text_at(order, "status") == Some("on-hold") && needs_verification(order)
}

/// The order with the prescriber's answer, and no reason any more to be held.
fn with_answer(order: &Value, answer: &str, author: &str, now_us: i64) -> Value {
    let mut order = order.clone();
    if let Some(members) = order.as_object_mut() {
        members.remove("statusReason");
    }
    let note = json!({"authorString": author, "time": instant_text(now_us), "text": answer});
    items_mut(&mut order, "note").push(note);
    order
}

fn check(problems: &mut Problems, facts: &SignFacts<'_>) {
    let Some(patient) = facts.patient else {
        problems.add("patient", "there is no such patient", "look the record up");
        return;
    };
    for missing in facts.missing {
        problems.add(
            "orders",
            format!("there is no order {missing}"),
            "open the list of unsigned orders again",
        );
    }
    if facts.orders.is_empty() && facts.missing.is_empty() {
        problems.add("orders", "there is nothing to sign", "draft an order first");
    }
    for order in facts.orders {
        let name = format!("{}/{}", text_at(order, "resourceType").unwrap_or_default(), id_of(order));
        if !is_of(order, patient) {
            problems.add(
                "orders",
                format!("{name} is an order for somebody else"),
                "sign the orders of one patient",
            );
        }
        if text_at(order, "status") != Some("draft") && !is_returned(order) {
            let status = text_at(order, "status").unwrap_or("without a status");
            problems.add("orders", format!("{name} is {status}"), "sign only drafts, and what was returned");
        }
    }
}

/// A draft as it is once signed.
pub fn signed_order(order: &Value, author: &str, now_us: i64) -> Value {
    let mut order = order.clone();
    order["status"] = "active".into();
    order["authoredOn"] = instant_text(now_us).into();
    order["requester"] = json!({"display": author});
    order
}

/// The work that a signed order makes, if any.
fn work(order: &Value, author: &str, now_us: i64, new_id: &mut dyn FnMut() -> String) -> Option<Value> {
    match text_at(order, "resourceType") {
        Some("ServiceRequest") => Some(to_fulfil(order, author, now_us, &new_id())),
        _ if needs_verification(order) => Some(to_verify(order, author, now_us, &new_id())),
        _ => None,
    }
}

fn to_fulfil(order: &Value, author: &str, now_us: i64, id: &str) -> Value {
    let now = instant_text(now_us);
    let mut task = json!({
        "resourceType": "Task",
        "id": id,
        "status": "requested",
        "intent": "order",
        "priority": order.get("priority").cloned().unwrap_or_else(|| "routine".into()),
        "code": {"coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fulfill"}]},
        "description": order.get("code").and_then(|code| text_at(code, "text")).unwrap_or_else(|| title_of(order)),
        "focus": reference(order),
        "for": order.get("subject").cloned(),
        "authoredOn": now,
        "lastModified": now,
        "requester": {"display": author},
    });
    if let Some(encounter) = order.get("encounter") {
        task["encounter"] = encounter.clone();
    }
    task
}
