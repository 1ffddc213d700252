use hospital::ehr::name_of;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use standards::fhir::outcome::IssueCode;
use store::StoreError;
use store::sandbox::View;

use super::element::text;
use super::person::Identity;
use crate::access::{Access, outcome};
use crate::ehr::lookup::{find_stored, get, subject, value_of};
use crate::fhir::{FhirError, Refusal};

/// The parts of a chart that a page may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What matters now, on one page.
    Summary,
    /// Everything that was, newest first.
    Timeline,
    /// Laboratory results.
    Results,
    /// Vital signs.
    Vitals,
    /// Orders: drafts, in force, over.
    Orders,
    /// Orders and statements of drugs.
    Medications,
    /// Doses due and given.
    Administration,
    /// Notes.
    Notes,
    /// Visits and stays.
    Encounters,
    /// Who looked and who wrote.
    Audit,
    /// The resources themselves, for trying expressions on them.
    Fhirpath,
}

impl Section {
    /// The section as one word for addresses and the journal.
    pub fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Timeline => "timeline",
            Self::Results => "results",
            Self::Vitals => "vitals",
            Self::Orders => "orders",
            Self::Medications => "medications",
            Self::Administration => "administration",
            Self::Notes => "notes",
            Self::Encounters => "encounters",
            Self::Audit => "audit",
            Self::Fhirpath => "fhirpath",
        }
    }
}

/// One patient's record, opened for reading.
pub struct Chart<'a> {
    pub(super) access: &'a Access,
    pub(super) patient: Value,
    id: String,
}

impl<'a> Chart<'a> {
    /// Opens the chart of a patient to show a section of it. The journal says who looked, at whom, and at what.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if there is no such patient, which is journalled too.
    pub fn open(access: &'a Access, patient: &str, section: Section) -> Result<Self, FhirError> {
        let subject = subject(patient);
        let detail = json!({"section": section.word()});
        let found = access.sandbox().view(|view| get(view, "Patient", patient))?;
        let Some(found) = found else {
            access.note(access.event("chart.view", subject, Refusal::NotFound.word(), detail))?;
            let what = format!("Patient/{patient} does not exist in this hospital");
            return Err(FhirError::new(Refusal::NotFound, IssueCode::NotFound, what));
        };
        access.note(access.event("chart.view", subject, outcome::OK, detail))?;
        Ok(Self { access, patient: found, id: patient.to_owned() })
    }

    /// Who the chart is about.
    pub fn identity(&self) -> Identity {
        Identity::of(&self.patient, self.access.virtual_us())
    }

    /// The patient's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The patient's resources of a type.
    pub(super) fn all(&self, kind: &str) -> Result<Vec<Value>, StoreError> {
        let patient = format!("Patient/{}", self.id);
        let now_us = self.access.virtual_us();
        let stored =
            self.access.sandbox().view(|view| find_stored(view, now_us, kind, &[("patient", &patient)]))?;
        Ok(stored.iter().filter_map(value_of).collect())
    }

    /// A reference as people read it.
    pub(super) fn display(&self, reference: Option<&Value>) -> Result<Option<String>, StoreError> {
        self.access.sandbox().view(|view| display(view, reference))
    }
}

/// A reference as people read it: its display, otherwise the name of what it leads to, otherwise as written.
pub(super) fn display(view: View<'_>, reference: Option<&Value>) -> Result<Option<String>, StoreError> {
    let Some(reference) = reference else { return Ok(None) };
    if let Some(display) = text(reference, "display") {
        return Ok(Some(display.to_owned()));
    }
    let Some(written) = text(reference, "reference") else { return Ok(None) };
    let Some((kind, id)) = written.split_once('/') else { return Ok(Some(written.to_owned())) };
    let found = get(view, kind, id)?;
    let name =
        found.as_ref().and_then(|found| text(found, "name").map(str::to_owned).or_else(|| name_of(found)));
    Ok(Some(name.unwrap_or_else(|| written.to_owned())))
}

/// Journals that somebody looked at a list of patients.
pub(super) fn note_search(access: &Access, detail: Value) -> Result<(), StoreError> {
    access.note(access.event("chart.search", None, outcome::OK, detail))
}
