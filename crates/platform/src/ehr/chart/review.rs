use hospital::ehr::{Dosing, Firing};
use serde::Serialize;
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use super::element::{address, concept_of, id, items, text, version};
use super::open::{Chart, display};
use super::summary::Allergy;
use crate::ehr::lookup::get;
use crate::ehr::support::{chart_facts, judge};
use crate::fhir::FhirError;

/// An order of a medicine with what a pharmacist weighs it by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// The id of the `MedicationRequest`.
    pub order: String,
    /// The version of it.
    pub version: u64,
    /// The medicine.
    pub name: String,
    /// The dose in words.
    pub dosage: Option<String>,
    /// The dose in parts, to be changed, if it can be read.
    #[serde(skip)]
    pub dosing: Option<Dosing>,
    /// Why it was ordered.
    pub reason: Option<String>,
    /// Who ordered it.
    pub requester: Option<String>,
    /// What was written beside it and by whom, the newest last.
    pub notes: Vec<String>,
    /// What the patient must not get.
    pub allergies: Vec<Allergy>,
    /// The estimated glomerular filtration rate in mL/min per 1.73 m², by the newest creatinine; `None` where none can be
    /// told.
    pub egfr: Option<f64>,
    /// Other orders of medicines in force.
    pub beside: Vec<String>,
    /// What the rules in force say about it as the chart is now.
    pub firings: Vec<Firing>,
}

/// Weighs an order for a patient.
pub(super) fn review(
    view: View<'_>,
    patient: &Value,
    order: &Value,
    now_us: i64,
) -> Result<Review, StoreError> {
    let facts = chart_facts(view, patient, now_us)?;
    let mut allergies: Vec<Allergy> = facts.allergies.iter().map(Allergy::of).collect();
    allergies.sort_by_key(|allergy| !allergy.severe);
    let is_other = |one: &&Value| {
        text(one, "resourceType") == Some("MedicationRequest")
            && text(one, "status") == Some("active")
            && address(one) != address(order)
    };
    let dosages = items(order, "dosageInstruction");
    let words: Vec<&str> = dosages.iter().filter_map(|dose| text(dose, "text")).collect();
    let note = |note: &Value| {
        let words = text(note, "text")?;
        Some(
            text(note, "authorString")
                .map_or_else(|| words.to_owned(), |author| format!("{author}: {words}")),
        )
    };
    Ok(Review {
        order: id(order),
        version: version(order),
        name: medicine(order),
        dosage: (!words.is_empty()).then(|| words.join("; ")),
        dosing: dosages.first().and_then(Dosing::read),
        reason: concept_of(order, &["reasonCode"]),
        requester: display(view, order.get("requester"))?,
        notes: items(order, "note").iter().filter_map(note).collect(),
        egfr: facts.egfr(now_us),
        beside: facts.orders.iter().filter(is_other).map(medicine).collect(),
        firings: judge(view, patient, std::slice::from_ref(order), "", now_us)?,
        allergies,
    })
}

/// A medicine by the name it was ordered under.
pub(super) fn medicine(order: &Value) -> String {
    let named = concept_of(order, &["medicationCodeableConcept"]);
    named.unwrap_or_else(|| "a medicine without a name".to_owned())
}

impl Chart<'_> {
    /// One of the patient's orders of medicines as a pharmacist weighs it; `None` if there is no such order.
    ///
    /// # Errors
    /// When the role may not see orders, or the store fails.
    pub fn review(&self, order: &str) -> Result<Option<Review>, FhirError> {
        let now_us = self.access.virtual_us();
        let reviewed = self.access.sandbox().view(|view| {
            let found = get(view, "MedicationRequest", order)?;
            let mine = found.filter(|found| {
                let subject = found.get("subject");
                subject.and_then(|subject| hospital::ehr::reference_id(subject, "Patient")) == Some(self.id())
            });
            mine.map(|order| review(view, &self.patient, &order, now_us)).transpose()
        });
        Ok(reviewed?)
    }
}
