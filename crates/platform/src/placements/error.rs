use placements::matching::Mistakes;
use store::StoreError;

use crate::portfolio::PortfolioError;
use crate::programme::ProgrammeError;

/// Why something about places cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum PlacementError {
    /// Only who teaches runs a match.
    #[error("this is for instructors")]
    NotInstructor,
    /// It does not exist, or is not theirs to look at: the two look alike from outside.
    #[error("there is no {0} that you have to do with")]
    NotYours(&'static str),
    /// Something that was typed does not fit.
    #[error("{what}")]
    Invalid {
        /// The field.
        field: &'static str,
        /// What is wrong, and what to try.
        what: String,
    },
    /// A match cannot be read as it was frozen, or a change by hand does not fit.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
    /// From the programme.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// From the portfolio.
    #[error(transparent)]
    Portfolio(#[from] PortfolioError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PlacementError {
    pub(super) fn invalid(field: &'static str, what: impl Into<String>) -> Self {
        Self::Invalid { field, what: what.into() }
    }
}
