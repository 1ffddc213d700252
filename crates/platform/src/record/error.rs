use placements::record::{Refusal, Unreadable};
use store::StoreError;

use crate::placements::PlacementError;
use crate::programme::ProgrammeError;

/// Why something about an apprenticeship cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// It does not exist, or is between others: the two look alike from outside.
    #[error("there is no {0} that you have to do with")]
    NotYours(&'static str),
    /// Something that was typed does not fit, or may not be written.
    #[error("{what}")]
    Refused {
        /// The field.
        field: &'static str,
        /// What is wrong, and what to try.
        what: String,
    },
    /// The entries of a record do not hold together.
    #[error("{0}; put back a backup, and do not rely on this record until then")]
    Unreadable(#[from] Unreadable),
    /// From the places.
    #[error(transparent)]
    Placement(#[from] PlacementError),
    /// From the programme.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RecordError {
    pub(super) fn refused(field: &'static str, what: impl Into<String>) -> Self {
        Self::Refused { field, what: what.into() }
    }
}

impl From<Refusal> for RecordError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused { field: refusal.field, what: refusal.what }
    }
}
