//! Orders: drafting from the catalogue, signing past the rules, ending.

use hospital::ehr::{
    DiscontinueFacts, DiscontinueOrder, DraftFacts, DraftOrder, DraftOrderSet, Item, OrderSetFacts, Severity,
    SignFacts, SignOrders, discontinue_order, draft_order, draft_order_set, set_items, sign_orders, title_of,
};
use serde_json::Value;

use super::decide::{Decision, Occasion, Write, person_or_id, version};
use super::desk::{Desk, id_of, patient_of};
use super::error::CommandError;
use crate::ehr::support::{ACCEPTED, FIRED, OVERRIDDEN, fired, judge};

pub(super) fn draft(
    command: &DraftOrder,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let encounter = desk.occasion(&command.encounter, patient.as_ref())?;
    let orderable = desk.definition("ActivityDefinition", &command.orderable)?;
    let facts = DraftFacts {
        patient: patient.as_ref(),
        encounter: encounter.as_ref(),
        orderable: orderable.as_ref(),
        author: occasion.author,
    };
    let order = draft_order(command, &facts, &(occasion.new_id)())?;
    let name = orderable.as_ref().map_or("the order", title_of);
    let message = format!("Drafted {name}. It is in force once signed.");
    let patient = patient.as_ref().map_or("", id_of).to_owned();
    Ok(Decision { patient, writes: vec![Write::New(order)], message, ..Decision::default() })
}

pub(super) fn draft_set(
    command: &DraftOrderSet,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let encounter = desk.occasion(&command.encounter, patient.as_ref())?;
    let set = desk.definition("PlanDefinition", &command.order_set)?;
    let mut orderables = Vec::new();
    for Item { definition, .. } in set.as_ref().map(set_items).unwrap_or_default() {
        orderables.extend(desk.by_url("ActivityDefinition", definition)?);
    }
    let facts = OrderSetFacts {
        patient: patient.as_ref(),
        encounter: encounter.as_ref(),
        set: set.as_ref(),
        orderables: &orderables,
        author: occasion.author,
    };
    let orders = draft_order_set(command, &facts, occasion.new_id)?;
    let message = format!("Drafted {}. They are in force once signed.", counted(orders.len()));
    let patient = patient.as_ref().map_or("", id_of).to_owned();
    Ok(Decision {
        patient,
        writes: orders.into_iter().map(Write::New).collect(),
        message,
        ..Decision::default()
    })
}

pub(super) fn sign(
    command: &SignOrders,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let id = patient.as_ref().map_or("", id_of).to_owned();
    let (orders, missing) = desk.orders(&command.orders, &id)?;
    let judged = match &patient {
        Some(patient) => judge(desk.view(), patient, &orders, occasion.author, occasion.now_us)?,
        None => Vec::new(),
    };
    let facts = SignFacts {
        patient: patient.as_ref(),
        orders: &orders,
        missing: &missing,
        firings: &judged,
        author: occasion.author,
    };
    let (signed, tasks) = sign_orders(command, &facts, occasion.now_us, occasion.new_id)?;
    let message = format!("Signed {} for {}.", counted(signed.len()), person_or_id(patient.as_ref()));
    let reason = command.override_reason.text();
    let notes = judged.iter().map(|firing| {
        let (response, reason) = match firing.severity {
            Severity::Info => (ACCEPTED, None),
            _ => (OVERRIDDEN, reason.as_deref()),
        };
        (FIRED, fired(firing, response, reason))
    });
    let notes = notes.collect();
    let writes = signed.into_iter().map(|order| next(order, None)).chain(tasks.into_iter().map(Write::New));
    Ok(Decision { patient: id, writes: writes.collect(), message, notes })
}

pub(super) fn discontinue(
    command: &DiscontinueOrder,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let version = version(&command.expected_version)?;
    let name = command.order.text().unwrap_or_default();
    let order = desk.order_named(&name)?;
    let tasks = desk.open_tasks(&name)?;
    let facts = DiscontinueFacts { order: order.as_ref(), tasks: &tasks, author: occasion.author };
    let changed = discontinue_order(command, &facts, occasion.now_us)?;
    let patient = changed.first().and_then(patient_of).unwrap_or_default().to_owned();
    let message = format!("Ended the order: it is {}.", status_of(changed.first()));
    let writes = changed.into_iter().enumerate();
    let writes = writes.map(|(at, one)| next(one, version.filter(|_| at == 0))).collect();
    Ok(Decision { patient, writes, message, ..Decision::default() })
}

pub(super) fn next(resource: Value, version: Option<u64>) -> Write {
    Write::Next(resource, version)
}

fn status_of(order: Option<&Value>) -> &str {
    order.and_then(|order| order.get("status")).and_then(Value::as_str).unwrap_or("over")
}

fn counted(orders: usize) -> String {
    if orders == 1 { "1 order".to_owned() } else { format!("{orders} orders") }
}
