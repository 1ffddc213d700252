use store::StoreError;

use crate::portfolio::PortfolioError;
use crate::sandboxes::SandboxError;

/// Why something about mentoring cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum MentoringError {
    /// Only who teaches pairs others.
    #[error("this is for instructors")]
    NotInstructor,
    /// It does not exist, or is between others: the two look alike from outside.
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
    /// From the sandboxes.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// From the portfolio.
    #[error(transparent)]
    Portfolio(#[from] PortfolioError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl MentoringError {
    pub(super) fn invalid(field: &'static str, what: impl Into<String>) -> Self {
        Self::Invalid { field, what: what.into() }
    }
}
