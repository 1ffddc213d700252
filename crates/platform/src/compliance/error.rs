use store::StoreError;

use crate::desk::DeskError;

/// Why a paper cannot be filed or found.
#[derive(Debug, thiserror::Error)]
pub enum ComplianceError {
    /// There is no such kind of paper.
    #[error("there is no paper of kind {kind}; there are {}", .known.join(", "))]
    Kind {
        /// What was asked for.
        kind: String,
        /// Those there are.
        known: Vec<&'static str>,
    },
    /// The form cannot be read.
    #[error("the form does not fit: {0}")]
    Shape(String),
    /// Something that the form names is not there.
    #[error("{what}")]
    Missing {
        /// What.
        what: String,
    },
    /// The file of papers is full.
    #[error("the file is full: it holds {0} papers")]
    Full(usize),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DeskError> for ComplianceError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Store(error) => Self::Store(error),
            other => Self::Missing { what: other.to_string() },
        }
    }
}
