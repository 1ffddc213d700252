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
use crate::ehr::roles::{Glasses, Working, permissions_to_see, working};
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
    /// Pictures.
    Imaging,
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
    /// What somebody must be permitted who looks at it, beside opening charts at all.
    pub fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::Summary | Self::Encounters => &[],
            Self::Timeline
            | Self::Results
            | Self::Vitals
            | Self::Imaging
            | Self::Orders
            | Self::Medications
            | Self::Administration => &["chart.view.clinical"],
            Self::Notes => &["chart.view.notes"],
            Self::Fhirpath => &["chart.view.clinical", "chart.view.notes"],
            Self::Audit => &["audit.view"],
        }
    }

    /// The section as one word for addresses and the journal.
    pub fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Timeline => "timeline",
            Self::Results => "results",
            Self::Vitals => "vitals",
            Self::Imaging => "imaging",
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
    working: Working,
    id: String,
}

impl<'a> Chart<'a> {
    /// Opens the chart of a patient to show a section of it. The journal says who looked, as which role, at whom, and at
    /// what.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if there is no such patient, [`Refusal::Forbidden`] if the role may not see the section, and
    /// [`Refusal::Restricted`] if it must give a reason first. These are journalled too.
    pub fn open(access: &'a Access, patient: &str, section: Section) -> Result<Self, FhirError> {
        let working = working(access)?;
        let detail = json!({"section": section.word(), "role": working.role});
        let opened = look(access, &working, patient, section);
        let outcome = opened.as_ref().map_or_else(|error| error.refusal.word(), |_| outcome::OK);
        access.note(access.event("chart.view", subject(patient), outcome, detail))?;
        Ok(Self { access, patient: opened?, working, id: patient.to_owned() })
    }

    /// Who the chart is about.
    pub fn identity(&self) -> Identity {
        Identity::of(&self.patient, self.access.virtual_us())
    }

    /// The patient's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The patient's resources of a type; none of a type that the role worked as may not see.
    pub(super) fn all(&self, kind: &str) -> Result<Vec<Value>, StoreError> {
        if !permissions_to_see(kind).iter().all(|permission| self.working.may(permission)) {
            return Ok(Vec::new());
        }
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

/// The patient, if the role worked as may see this section of the chart.
pub(super) fn look(
    access: &Access,
    working: &Working,
    patient: &str,
    section: Section,
) -> Result<Value, FhirError> {
    working.check("chart.view")?;
    let found = access.sandbox().view(|view| get(view, "Patient", patient))?;
    let Some(found) = found else { return Err(FhirError::not_found("Patient", patient)) };
    section.permissions().iter().try_for_each(|permission| working.check(permission))?;
    if !Glasses::of(access, working)?.open(&found) {
        return Err(closed(working));
    }
    Ok(found)
}

/// Why a restricted chart does not open: it takes a reason, or another role.
pub(in crate::ehr) fn closed(working: &Working) -> FhirError {
    if let Err(denied) = working.check("break-glass") {
        return denied.into();
    }
    let what = "this chart is restricted; give a reason to open it, which the journal keeps";
    FhirError::new(Refusal::Restricted, IssueCode::Security, what)
}

/// The patient, if whoever is at work may see orders and drugs in the chart now. Nothing says so in the journal: it is for
/// what follows from a chart that was opened.
pub(crate) fn still_open(access: &Access, patient: &str) -> Result<Value, FhirError> {
    look(access, &working(access)?, patient, Section::Orders)
}

/// Refuses a role that may open no chart the list of patients.
pub(crate) fn check_lists(access: &Access) -> Result<(), FhirError> {
    Ok(working(access)?.check("chart.view")?)
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
