use serde::Serialize;
use serde_json::Value;
use store::StoreError;

use super::element::{address, concept_of, has_code, items, text, version};
use super::moment::{Moment, sort_newest_first};
use super::open::Chart;
use crate::fhir::FhirError;

/// A drug that was ordered, or that the patient is said to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Medication {
    /// `MedicationRequest/ID` or `MedicationStatement/ID`.
    pub reference: String,
    /// The version of that resource.
    pub version: u64,
    /// The drug.
    pub name: String,
    /// How it is to be taken.
    pub dosage: Option<String>,
    /// `active`, `completed`, `stopped` and so on, as written.
    pub status: String,
    /// Whether it is in force.
    pub active: bool,
    /// Whether it was ordered here, not only said to be taken.
    pub ordered: bool,
    /// Whether it was ordered for a stay in the hospital.
    pub inpatient: bool,
    /// When it was ordered or began.
    pub since: Option<Moment>,
    /// Who ordered it.
    pub requester: Option<String>,
}

impl Chart<'_> {
    /// Orders and statements of drugs: those in force first, then newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn medications(&self) -> Result<Vec<Medication>, FhirError> {
        let mut all = Vec::new();
        for kind in ["MedicationRequest", "MedicationStatement"] {
            for resource in self.all(kind)? {
                all.push(self.medication(&resource)?);
            }
        }
        sort_newest_first(&mut all, |medication| medication.since.as_ref());
        all.sort_by_key(|medication| !medication.active);
        Ok(all)
    }

    fn medication(&self, resource: &Value) -> Result<Medication, StoreError> {
        let status = text(resource, "status").unwrap_or_default().to_owned();
        let dosages = items(resource, "dosageInstruction").iter().chain(items(resource, "dosage"));
        let dosages: Vec<&str> = dosages.filter_map(|dosage| text(dosage, "text")).collect();
        Ok(Medication {
            reference: address(resource),
            version: version(resource),
            name: self.drug(resource)?,
            dosage: (!dosages.is_empty()).then(|| dosages.join("; ")),
            active: ["active", "on-hold", "intended"].contains(&status.as_str()),
            status,
            inpatient: has_code(resource.get("category"), "inpatient"),
            ordered: text(resource, "resourceType") == Some("MedicationRequest"),
            since: Moment::first(
                resource,
                &["/authoredOn", "/effectiveDateTime", "/effectivePeriod/start", "/dateAsserted"],
            ),
            requester: self.display(resource.get("requester"))?,
        })
    }

    /// The name of the drug: coded in place, contained, or a Medication elsewhere.
    pub(super) fn drug(&self, resource: &Value) -> Result<String, StoreError> {
        if let Some(name) = concept_of(resource, &["medicationCodeableConcept"]) {
            return Ok(name);
        }
        let reference = resource.get("medicationReference");
        let written = reference.and_then(|reference| text(reference, "reference")).unwrap_or_default();
        let mine = written.strip_prefix('#');
        let contained =
            items(resource, "contained").iter().find(|one| mine.is_some() && text(one, "id") == mine);
        if let Some(name) = contained.and_then(|one| concept_of(one, &["code"])) {
            return Ok(name);
        }
        let elsewhere = written
            .split_once('/')
            .map(|(kind, id)| self.access.sandbox().view(|view| crate::ehr::lookup::get(view, kind, id)));
        let elsewhere = elsewhere.transpose()?.flatten();
        let named = elsewhere.as_ref().and_then(|found| concept_of(found, &["code"]));
        let display = || self.display(reference);
        Ok(named
            .map_or_else(display, |name| Ok(Some(name)))?
            .unwrap_or_else(|| "a drug without a name".to_owned()))
    }
}
