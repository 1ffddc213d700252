use serde_json::{Value, json};

/// What an operation is asked of (R4, 3.2.0.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// The whole hospital.
    System,
    /// The resources of a type.
    Type(&'a str),
    /// One resource, by type and id.
    Instance(&'a str, &'a str),
}

impl<'a> Place<'a> {
    /// The resource type, where there is one.
    #[must_use]
    pub fn kind(self) -> Option<&'a str> {
        match self {
            Self::System => None,
            Self::Type(kind) | Self::Instance(kind, _) => Some(kind),
        }
    }

    /// The resource's id, where there is one.
    #[must_use]
    pub fn id(self) -> Option<&'a str> {
        match self {
            Self::Instance(_, id) => Some(id),
            Self::System | Self::Type(_) => None,
        }
    }

    /// The patient asked about, as `Patient/ID`.
    pub(super) fn patient(self) -> Option<String> {
        match self {
            Self::Instance("Patient", id) => Some(format!("Patient/{id}")),
            _ => None,
        }
    }

    /// The place for the journal.
    pub(in crate::fhir) fn detail(self) -> Value {
        match self {
            Self::System => json!({}),
            Self::Type(kind) => json!({"type": kind}),
            Self::Instance(kind, id) => json!({"type": kind, "id": id}),
        }
    }
}
