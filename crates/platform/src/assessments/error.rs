use store::StoreError;

use crate::programme::ProgrammeError;

/// Why something about an assessment cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum AssessmentError {
    /// There is no such assessment.
    #[error("there is no assessment `{0}`")]
    Missing(String),
    /// Only learners take one.
    #[error("an assessment is for learners")]
    NotLearner,
    /// The last form comes after the first.
    #[error("take the first form first")]
    FirstComesFirst,
    /// It does not fit what was typed.
    #[error("{0}")]
    Invalid(String),
    /// From the programme.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
