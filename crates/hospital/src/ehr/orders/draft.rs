use serde::Deserialize;
use serde_json::{Value, json};

use super::catalogue::{makes_medication, orderable_kind, title_of};
use super::dosing::{Dosing, FREQUENCIES, ROUTES, UNITS, dosage};
use crate::codes::LABORATORY_PROCEDURE;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::{id_of, items, reference, text_at};
use crate::meta::meta;

/// How soon: code and words (value set `request-priority`).
pub const PRIORITIES: [(&str, &str); 4] =
    [("routine", "Routine"), ("urgent", "Urgent"), ("asap", "As soon as possible"), ("stat", "At once")];

/// SNOMED CT as US Core's value set of order categories has it.
const CATEGORIES: [(&str, &str, &str); 2] =
    [("laboratory", LABORATORY_PROCEDURE, "Laboratory procedure"), ("imaging", "363679005", "Imaging")];

/// Something to be ordered. What is left out of a medicine's dose is taken from the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DraftOrder {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The encounter's id, or `Encounter/ID`; the patient's present stay when left out.
    pub encounter: Entered,
    /// The orderable: the id of an `ActivityDefinition`, or its title.
    pub orderable: Entered,
    /// One of [`PRIORITIES`]; `routine` when left out.
    pub priority: Entered,
    /// Why, in words.
    pub reason: Entered,
    /// The amount of one dose.
    pub dose: Entered,
    /// Its unit, one of [`UNITS`].
    pub unit: Entered,
    /// One of [`ROUTES`].
    pub route: Entered,
    /// The code of one of [`FREQUENCIES`].
    pub frequency: Entered,
    /// What it is given for, if it is to be given as needed only; `no` to give by the clock what is offered as needed.
    pub as_needed: Entered,
    /// For how many days.
    pub days: Entered,
    /// Words for who carries it out.
    pub note: Entered,
}

/// What the hospital knows about an order.
#[derive(Debug, Clone, Default)]
pub struct DraftFacts<'a> {
    /// The patient, if there is one.
    pub patient: Option<&'a Value>,
    /// The encounter it belongs to, if any.
    pub encounter: Option<&'a Value>,
    /// The `ActivityDefinition`, if there is one.
    pub orderable: Option<&'a Value>,
    /// Who drafts, as people read it.
    pub author: &'a str,
}

/// Drafts an order (US Core `ServiceRequest` or `MedicationRequest`) under `id`.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn draft_order(command: &DraftOrder, facts: &DraftFacts<'_>, id: &str) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    check(&mut problems, command, facts);
    let priority = problems.one_of("priority", &command.priority, &PRIORITIES, |row| row.0);
    let reason = problems.line("reason", &command.reason, 500);
    let note = problems.line("note", &command.note, 500);
    let medicine = facts.orderable.filter(|orderable| makes_medication(orderable));
    let dosing = medicine.and_then(|medicine| read_dosing(&mut problems, command, medicine));
    problems.settle()?;
    let (Some(patient), Some(orderable)) = (facts.patient, facts.orderable) else {
        return Err(EhrError::field("orderable", "is missing", "name the patient and what to order"));
    };
    let mut order = match &dosing {
        Some(dosing) => medication(orderable, dosing, id),
        None => service(orderable, id),
    };
    order["subject"] = reference(patient);
    if let Some(encounter) = facts.encounter {
        order["encounter"] = reference(encounter);
    }
    order["priority"] = priority.map_or("routine", |row| row.0).into();
    order["requester"] = json!({"display": facts.author});
    if let Some(url) = text_at(orderable, "url") {
        order["instantiatesCanonical"] = json!([url]);
    }
    if let Some(reason) = reason {
        order["reasonCode"] = json!([{"text": reason}]);
    }
    if let Some(note) = note {
        order["note"] = json!([{"text": note}]);
    }
    Ok(order)
}

fn check(problems: &mut Problems, command: &DraftOrder, facts: &DraftFacts<'_>) {
    if facts.patient.is_none() {
        problems.add("patient", "there is no such patient", "look the record up");
    }
    if command.encounter.text().is_some() && facts.encounter.is_none() {
        problems.add(
            "encounter",
            "there is no such encounter of this patient",
            "leave it empty, or look it up",
        );
    }
    match facts.orderable {
        None if command.orderable.text().is_none() => {
            problems.add("orderable", "is missing", "choose what to order");
        }
        None => problems.add("orderable", "the catalogue has no such orderable", "choose one from the list"),
        Some(orderable) if text_at(orderable, "status") != Some("active") => {
            let what = format!("{} is not offered any more", title_of(orderable));
            problems.add("orderable", what, "choose another one from the list");
        }
        Some(_) => {}
    }
}

fn service(orderable: &Value, id: &str) -> Value {
    let kind = orderable_kind(orderable);
    let mut order = json!({
        "resourceType": "ServiceRequest",
        "id": id,
        "meta": meta("us-core-servicerequest"),
        "status": "draft",
        "intent": "order",
    });
    if let Some((_, code, display)) = CATEGORIES.iter().find(|row| row.0 == kind) {
        order["category"] =
            json!([{"coding": [{"system": "http://snomed.info/sct", "code": code, "display": display}]}]);
    }
    order["code"] = called(orderable.get("code"), orderable);
    order
}

fn medication(orderable: &Value, dosing: &Dosing, id: &str) -> Value {
    json!({
        "resourceType": "MedicationRequest",
        "id": id,
        "meta": meta("us-core-medicationrequest"),
        "status": "draft",
        "intent": "order",
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/medicationrequest-category",
            "code": "inpatient",
        }]}],
        "reportedBoolean": false,
        "medicationCodeableConcept": called(orderable.get("productCodeableConcept"), orderable),
        "dosageInstruction": [dosage(dosing)],
    })
}

/// The code of an orderable, under the name people know it by.
fn called(code: Option<&Value>, orderable: &Value) -> Value {
    let mut concept = code.filter(|code| code.is_object()).cloned().unwrap_or_else(|| json!({}));
    concept["text"] = title_of(orderable).into();
    concept
}

/// The dose as typed, over what the catalogue offers.
pub(in crate::ehr) fn read_dosing(
    problems: &mut Problems,
    command: &DraftOrder,
    orderable: &Value,
) -> Option<Dosing> {
    read_amended(problems, command, items(orderable, "dosage").first().and_then(Dosing::read))
}

/// The dose as typed, over another one.
pub(in crate::ehr) fn read_amended(
    problems: &mut Problems,
    command: &DraftOrder,
    offered: Option<Dosing>,
) -> Option<Dosing> {
    let amount = problems.number("dose", &command.dose);
    if amount.as_ref().is_some_and(|(amount, _)| *amount <= 0.0) {
        problems.add("dose", "is not more than nothing", "write the amount of one dose, such as 650");
    }
    let unit = problems.one_of("unit", &command.unit, &UNITS, |row| row.0);
    let route = problems.one_of("route", &command.route, &ROUTES, |row| row.0);
    let frequency = problems.one_of("frequency", &command.frequency, &FREQUENCIES, |row| row.code);
    let as_needed = problems.line("as_needed", &command.as_needed, 100);
    let days = read_days(problems, &command.days);
    let typed = |field: &Entered| field.text().is_some() || field.is_nested();
    let amount = amount.map(|(_, number)| number).or_else(|| offered.as_ref().map(|one| one.amount.clone()));
    let unit = unit.map(|row| row.0.to_owned()).or_else(|| offered.as_ref().map(|one| one.unit.clone()));
    let route = route.map(|row| row.0.to_owned()).or_else(|| offered.as_ref().map(|one| one.route.clone()));
    let frequency = frequency.or_else(|| offered.as_ref().and_then(|one| one.frequency));
    let mut need = |field: &str, entered: &Entered, is_there: bool, remedy: &str| {
        if !is_there && !typed(entered) {
            problems.add(field, "is missing", remedy);
        }
    };
    need("dose", &command.dose, amount.is_some(), "write the amount of one dose");
    need("unit", &command.unit, unit.is_some(), "choose the unit of the dose");
    need("route", &command.route, route.as_ref().is_some_and(|route| !route.is_empty()), "choose a route");
    need("frequency", &command.frequency, frequency.is_some(), "choose how often");
    let as_needed = match as_needed.as_deref() {
        Some(no) if no.eq_ignore_ascii_case("no") => None,
        Some(_) => as_needed,
        None => offered.and_then(|one| one.as_needed),
    };
    Some(Dosing { amount: amount?, unit: unit?, route: route?, frequency: Some(frequency?), as_needed, days })
}

fn read_days(problems: &mut Problems, entered: &Entered) -> Option<u64> {
    let (days, number) = problems.number("days", entered)?;
    if !(1.0..=365.0).contains(&days) || number.as_u64().is_none() {
        problems.add(
            "days",
            format!("{number} is not a number of days"),
            "write 1 to 365, or leave it empty",
        );
        return None;
    }
    number.as_u64()
}

/// The id of whatever an order belongs to, of `Patient/ID`.
pub(in crate::ehr) fn is_of(order: &Value, patient: &Value) -> bool {
    let subject = order.get("subject").or_else(|| order.get("patient"));
    subject.and_then(|subject| crate::ehr::reference_id(subject, "Patient")) == Some(id_of(patient))
}
