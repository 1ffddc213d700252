use ::models::ModelError;
use hospital::staff::Denied;
use store::StoreError;

use crate::lake::LakeError;

/// Why a model was not made, changed or asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// There is no such model, version or task.
    #[error("{0}")]
    Unknown(String),
    /// It cannot be done as asked.
    #[error("{0}")]
    Invalid(String),
    /// Another model of this hospital is being trained.
    #[error("{0}")]
    Busy(String),
    /// The role worked as may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The lake has no answer; the part of the task that asked is named.
    #[error("{part}: {error}")]
    Lake {
        /// Which part of the task.
        part: &'static str,
        /// Why.
        error: LakeError,
    },
    /// The model cannot be trained, read or asked.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl StudyError {
    pub(in crate::models) fn lake(part: &'static str) -> impl FnOnce(LakeError) -> Self {
        move |error| match error {
            LakeError::Store(error) => Self::Store(error),
            error => Self::Lake { part, error },
        }
    }
}
