//! What was granted to whom: the facts that a code, a token and a family of tokens carry along.

use serde::{Deserialize, Serialize};

use crate::scope::{Bounds, Reach, Scopes};

/// A person of the hospital who signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Their login at the identity provider.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Who they are in the records, such as `Practitioner/7`; nobody, if they have no record.
    pub fhir_user: Option<String>,
}

impl Subject {
    /// Whether it is a patient, who opens their own records and nobody else's.
    #[must_use]
    pub fn is_patient(&self) -> bool {
        self.fhir_user.as_deref().is_some_and(|who| who.starts_with("Patient/"))
    }
}

/// What a client was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The client's id.
    pub client: String,
    /// For whom it acts; nobody, for a backend service.
    pub subject: Option<Subject>,
    /// What it opens.
    pub scopes: Scopes,
    /// The patient in context, by id.
    pub patient: Option<String>,
    /// The encounter in context, by id.
    pub encounter: Option<String>,
}

impl Grant {
    /// What a token of this grant opens in the hands of somebody with these bounds.
    #[must_use]
    pub fn reach(&self, bounds: Option<Bounds>) -> Reach {
        Reach { scopes: self.scopes.clone(), patient: self.patient.clone(), bounds }
    }
}
