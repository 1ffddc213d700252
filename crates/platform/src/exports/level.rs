use serde_json::{Value, json};
use standards::fhir::search::compartment;

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level<'a> {
    /// Everything in the hospital.
    System,
    /// Everything about patients.
    Patients,
    /// Everything about the patients of a group, by its id.
    Group(&'a str),
}

impl Level<'_> {
    /// The address below the service base.
    pub(super) fn path(self) -> String {
        match self {
            Self::System => "$export".to_owned(),
            Self::Patients => "Patient/$export".to_owned(),
            Self::Group(id) => format!("Group/{id}/$export"),
        }
    }

    /// Whether resources of a type may be part of it.
    pub(super) fn holds(self, kind: &str) -> bool {
        self == Self::System || compartment::types("Patient").contains(&kind)
    }

    /// The level for the journal.
    pub(super) fn detail(self) -> Value {
        match self {
            Self::System => json!({"level": "system"}),
            Self::Patients => json!({"level": "patients"}),
            Self::Group(id) => json!({"level": "group", "id": id}),
        }
    }
}
