//! Medicines at the bedside, and at both ends of a stay.

use hospital::ehr::{
    AdministerFacts, AdministerMedication, ReconcileFacts, ReconcileMedications, UNVERIFIED_EXTENSION,
    administer_medication, is_verification, reconcile_medications,
};
use serde_json::{Value, json};
use standards::fhir::instant;

use super::decide::{Decision, Occasion, Write, person_or_id};
use super::desk::{Desk, id_of, patient_of};
use super::error::CommandError;
use super::orders::next;
use crate::ehr::lookup::is_in_force;

/// The journal kind of a dose that did not wait for a pharmacist.
const UNVERIFIED: &str = "medication.unverified";

pub(super) fn administer(
    command: &AdministerMedication,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let order = desk.named("MedicationRequest", &command.order)?;
    let subject = order.as_ref().and_then(patient_of).unwrap_or_default().to_owned();
    let patient = desk.named("Patient", &subject.as_str().into())?;
    let request = order.as_ref().map(|order| format!("MedicationRequest/{}", id_of(order)));
    let recorded = match &request {
        Some(request) => desk.find("MedicationAdministration", &[("request", request)])?,
        None => Vec::new(),
    };
    let given = recorded.iter().filter(|dose| dose["status"] == "completed");
    let given_us = given.filter_map(|dose| instant::parse(dose["effectiveDateTime"].as_str()?));
    let last_given_us = given_us.max();
    let is_unverified = match &request {
        Some(request) => desk.open_tasks(request)?.iter().any(is_verification),
        None => false,
    };
    let signed = order.as_ref().and_then(|order| order.get("authoredOn")).and_then(Value::as_str);
    let facts = AdministerFacts {
        order: order.as_ref(),
        patient: patient.as_ref(),
        recorded: &recorded,
        signed_us: signed.and_then(instant::parse).unwrap_or(occasion.now_us),
        last_given_us,
        is_unverified,
        author: occasion.author,
    };
    let dose = administer_medication(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let done = if dose["status"] == "completed" { "given" } else { "not given" };
    let message = format!("Recorded a dose as {done} for {}.", person_or_id(patient.as_ref()));
    let notes = given_unverified(&dose).into_iter().collect();
    Ok(Decision { patient: subject, writes: vec![Write::New(dose)], message, notes })
}

/// What the journal keeps of a dose that was given before its order was verified.
fn given_unverified(dose: &Value) -> Option<(&'static str, Value)> {
    let extensions = dose.get("extension").and_then(Value::as_array).into_iter().flatten();
    let reason =
        extensions.filter(|one| one["url"] == UNVERIFIED_EXTENSION).map(|one| one["valueCode"].clone());
    let detail = |reason| json!({"order": dose["request"]["reference"], "reason": reason});
    reason.map(detail).next().map(|detail| (UNVERIFIED, detail))
}

pub(super) fn reconcile(
    command: &ReconcileMedications,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let encounter = desk.occasion(&command.encounter, patient.as_ref())?;
    let id = patient.as_ref().map_or("", id_of).to_owned();
    let mut medicines = Vec::new();
    for kind in ["MedicationRequest", "MedicationStatement"] {
        medicines.extend(desk.of_patient(kind, &id)?.into_iter().filter(is_in_force));
    }
    let facts = ReconcileFacts {
        patient: patient.as_ref(),
        encounter: encounter.as_ref(),
        medicines: &medicines,
        author: occasion.author,
    };
    let done = reconcile_medications(command, &facts, occasion.now_us, occasion.new_id)?;
    let drafts = done.written.len().saturating_sub(1);
    let message = match drafts {
        0 => "Reconciled the medicines.".to_owned(),
        1 => "Reconciled the medicines. 1 order waits for signature.".to_owned(),
        many => format!("Reconciled the medicines. {many} orders wait for signature."),
    };
    let writes =
        done.written.into_iter().map(Write::New).chain(done.changed.into_iter().map(|one| next(one, None)));
    Ok(Decision { patient: id, writes: writes.collect(), message, ..Decision::default() })
}
