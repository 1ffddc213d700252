use serde::Deserialize;
use serde_json::{Value, json};

use super::catalogue::title_of;
use super::draft::is_of;
use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::{id_of, reference, text_at};
use crate::ehr::support::{Firing, Severity};

/// Drafts that are to be in force.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignOrders {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The orders, as `Type/ID` separated by spaces or commas; all drafts of the patient when left out.
    pub orders: Entered,
    /// Why warnings are overridden, in words.
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

/// Puts drafts into force: each order as it is from now on, and for services a Task that somebody has to fulfil.
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
    let signed: Vec<Value> =
        facts.orders.iter().map(|order| signed_order(order, facts.author, now_us)).collect();
    let services = signed.iter().filter(|order| text_at(order, "resourceType") == Some("ServiceRequest"));
    let tasks = services.map(|order| fulfil(order, facts.author, now_us, &new_id())).collect();
    Ok((signed, tasks))
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
        if text_at(order, "status") != Some("draft") {
            let status = text_at(order, "status").unwrap_or("without a status");
            problems.add("orders", format!("{name} is {status}"), "sign only drafts");
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

/// Work that an order makes.
fn fulfil(order: &Value, author: &str, now_us: i64, id: &str) -> Value {
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
