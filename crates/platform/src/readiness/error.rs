use store::StoreError;

use crate::portfolio::PortfolioError;
use crate::record::RecordError;

/// Why something about readiness cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum ReadinessError {
    /// There is no such job.
    #[error("there is no job `{0}` here")]
    NoJob(String),
    /// A link that opens nothing: unknown, run out and withdrawn look alike from outside.
    #[error("this link does not open anything, or no longer; ask whoever gave it to you for another")]
    Closed,
    /// Something that was typed does not fit.
    #[error("{what}")]
    Invalid {
        /// The field.
        field: &'static str,
        /// What is wrong, and what to try.
        what: String,
    },
    /// From the portfolio.
    #[error(transparent)]
    Portfolio(#[from] PortfolioError),
    /// From the apprenticeships.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
