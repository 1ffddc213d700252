//! Whose stay a fault is about.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{FaultError, Ground};
use crate::ehr::mrn_of;

/// An encounter as a lab's param finds it. Only its id and its patient's are looked at.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Stay {
    /// The encounter's id.
    pub id: String,
    /// Whose encounter.
    pub patient: Named,
}

/// A resource by id.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: String,
}

impl Stay {
    /// The stay's patient, among those of the ground.
    pub(super) fn patient<'a>(&self, ground: &Ground<'a>) -> Result<&'a Value, FaultError> {
        let found = ground.patients.iter().find(|patient| patient["id"] == self.patient.id.as_str());
        found.ok_or_else(|| FaultError::NoPatient(self.patient.id.clone()))
    }

    /// The stay's encounter, as far as orders need it.
    pub(super) fn encounter(&self) -> Value {
        json!({"resourceType": "Encounter", "id": self.id})
    }
}

/// The record number of a patient.
pub(super) fn number_of(patient: &Value) -> String {
    mrn_of(patient).unwrap_or_default().to_owned()
}
