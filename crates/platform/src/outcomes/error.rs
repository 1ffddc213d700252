use store::StoreError;

use crate::programme::ProgrammeError;
use crate::record::RecordError;
use crate::workshops::WorkshopError;

/// Why the outcomes of a cohort cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum OutcomeError {
    /// From the programme.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// From the apprenticeships.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// From the workshops.
    #[error(transparent)]
    Workshop(#[from] WorkshopError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
