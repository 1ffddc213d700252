use hospital::staff::Denied;
use store::StoreError;

use crate::fhir::FhirError;

/// Why something about services of decision support was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// There is no such service, call or card.
    #[error("{0}")]
    Unknown(String),
    /// It cannot be done as asked; why, in sentences.
    #[error("{}", .0.join("; "))]
    Invalid(Vec<String>),
    /// The role worked as may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The hospital's records refuse it.
    #[error(transparent)]
    Fhir(#[from] FhirError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ClientError {
    /// For one reason.
    pub(super) fn because(what: impl Into<String>) -> Self {
        Self::Invalid(vec![what.into()])
    }

    /// As one word for the journal.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "not-found",
            Self::Invalid(_) => "refused",
            Self::Denied(_) => "forbidden",
            Self::Fhir(error) => error.refusal.word(),
            Self::Store(_) => "internal",
        }
    }
}
