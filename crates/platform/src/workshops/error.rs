use store::StoreError;
use workshops::run::Refusal;

use crate::drills::DrillError;

/// Why something about a workshop cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum WorkshopError {
    /// There is no such case.
    #[error("there is no case '{0}'; `practicum workshop list` shows all")]
    NoCase(String),
    /// It does not exist, or is between others: the two look alike from outside.
    #[error("there is no workshop '{0}' that you take part in")]
    NotYours(String),
    /// The hospital it plays in was reset or deleted.
    #[error("the hospital of this workshop is gone; its record is kept, but it cannot go on")]
    Gone,
    /// Something about the schedule does not fit.
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
    /// What was written on the board is refused; the words say why.
    #[error(transparent)]
    Board(#[from] boards::Refusal),
    /// From the drill beneath.
    #[error(transparent)]
    Drill(DrillError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl WorkshopError {
    pub(super) fn invalid(field: &'static str, why: impl Into<String>) -> Self {
        Self::Invalid { field, why: why.into() }
    }
}

impl From<DrillError> for WorkshopError {
    fn from(error: DrillError) -> Self {
        match error {
            DrillError::Gone | DrillError::Store(StoreError::NotFound { .. }) => Self::Gone,
            DrillError::Store(error) => Self::Store(error),
            other => Self::Drill(other),
        }
    }
}
