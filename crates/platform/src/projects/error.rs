use store::StoreError;
use workshops::projects::Refusal;

use crate::sandboxes::SandboxError;

/// Why something about a team project cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// There is no such project among the content.
    #[error("there is no project '{0}'; `practicum project list` shows all")]
    NoProject(String),
    /// It does not exist, or is another team's: the two look alike from outside.
    #[error("there is no project '{0}' that you take part in")]
    NotYours(String),
    /// Only who teaches begins one.
    #[error("a project is begun by an instructor")]
    NotInstructor,
    /// The team's hospital was deleted.
    #[error("the hospital of this project is gone; its record is kept, but nothing can be looked at in it")]
    Gone,
    /// Something about it does not fit.
    #[error("{field}: {why}")]
    Invalid {
        /// What.
        field: &'static str,
        /// Why, and what to write.
        why: String,
    },
    /// It is refused; the words say why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// From the hospital.
    #[error(transparent)]
    Sandbox(SandboxError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ProjectError {
    pub(super) fn invalid(field: &'static str, why: impl Into<String>) -> Self {
        Self::Invalid { field, why: why.into() }
    }
}

impl From<SandboxError> for ProjectError {
    fn from(error: SandboxError) -> Self {
        match error {
            SandboxError::Store(error) => Self::Store(error),
            other => Self::Sandbox(other),
        }
    }
}
