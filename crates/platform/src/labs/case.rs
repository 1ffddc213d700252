use std::sync::Arc;

use store::records::{Attempt, AttemptId, Person, Role, SandboxId};
use training::content::Catalogue;
use training::lab::{Lab, Variant};
use training::text::Values;

use super::error::LabError;
use super::{GRADER, PLATFORM};
use crate::access::Access;
use crate::platform::Platform;

/// An attempt with the lab it is at.
pub(super) struct Case {
    pub(super) attempt: Attempt,
    pub(super) values: Values,
    catalogue: Arc<Catalogue>,
    lab: usize,
    variant: usize,
}

impl Case {
    pub(super) fn lab(&self) -> &Lab {
        &self.catalogue.labs[self.lab]
    }

    pub(super) fn variant(&self) -> &Variant {
        &self.lab().variants[self.variant]
    }

    pub(super) fn id(&self) -> &AttemptId {
        &self.attempt.id
    }

    /// Where the work is done.
    pub(super) fn sandbox(&self) -> Result<&SandboxId, LabError> {
        self.attempt.sandbox.as_ref().ok_or(LabError::NoSandbox)
    }

    /// The FHIR base under which the platform itself sees the hospital.
    pub(super) fn base_url(&self) -> &str {
        self.values.get("fhir").and_then(serde_json::Value::as_str).unwrap_or_default()
    }

    pub(super) fn no_such(&self, part: &'static str, id: &str) -> LabError {
        LabError::NoSuchPart { lab: self.attempt.lab.clone(), part, id: id.to_owned() }
    }
}

impl Platform {
    /// An attempt that `person` may look at: their own, or anyone's for an instructor.
    pub(super) fn case_seen_by(&self, person: &Person, id: &AttemptId) -> Result<Case, LabError> {
        let attempt = self.records.attempt(id)?;
        let may = |attempt: &Attempt| attempt.person == person.id || person.role == Role::Instructor;
        let attempt = attempt.filter(may).ok_or_else(|| LabError::NotYours(id.clone()))?;
        self.case(attempt)
    }

    /// An attempt of `person`, to work on.
    pub(super) fn case_of(&self, person: &Person, id: &AttemptId) -> Result<Case, LabError> {
        let attempt = self.records.attempt(id)?.filter(|attempt| attempt.person == person.id);
        self.case(attempt.ok_or_else(|| LabError::NotYours(id.clone()))?)
    }

    /// An attempt with its lab, as the catalogue has it now.
    pub(super) fn case(&self, attempt: Attempt) -> Result<Case, LabError> {
        let catalogue = self.catalogue();
        let lab = catalogue.labs.iter().position(|lab| lab.id == attempt.lab);
        let lab = lab.ok_or_else(|| LabError::NoSuchLab(attempt.lab.clone()))?;
        let variants = &catalogue.labs[lab].variants;
        let variant = variants.iter().position(|variant| variant.id == attempt.variant);
        let variant = variant.ok_or_else(|| LabError::NoSuchPart {
            lab: attempt.lab.clone(),
            part: "variant",
            id: attempt.variant.clone(),
        })?;
        let values = attempt.values.as_object().into_iter().flatten();
        let values = values.map(|(name, value)| (name.clone(), value.clone())).collect();
        Ok(Case { attempt, values, catalogue, lab, variant })
    }

    /// The platform's own way into an attempt's hospital.
    pub(super) fn own_access(&self, case: &Case) -> Result<Access, LabError> {
        Ok(self.access(case.sandbox()?.as_str(), PLATFORM, "platform")?)
    }

    /// The way in for looking at things while judging.
    pub(super) fn grader_access(&self, case: &Case) -> Result<Access, LabError> {
        Ok(self.access(case.sandbox()?.as_str(), PLATFORM, GRADER)?)
    }
}
