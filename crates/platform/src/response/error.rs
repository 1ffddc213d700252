use security::response::MeasureError;
use store::StoreError;

use crate::sandboxes::SandboxError;

/// Why a measure was not taken, or records were not brought back.
#[derive(Debug, thiserror::Error)]
pub enum ResponseError {
    /// It makes no sense as it stands.
    #[error(transparent)]
    Measure(#[from] MeasureError),
    /// It cannot be done in this hospital; why, and what to try.
    #[error("{0}")]
    Invalid(String),
    /// The store failed or refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SandboxError> for ResponseError {
    fn from(error: SandboxError) -> Self {
        match error {
            SandboxError::Store(error) => Self::Store(error),
            other => Self::Invalid(other.to_string()),
        }
    }
}
