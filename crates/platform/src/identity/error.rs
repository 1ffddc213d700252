use identity::{Code, Refusal};
use store::StoreError;

/// Why the identity provider did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// It refused, in the words of OAuth.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Too many tries.
    #[error("too many tries; wait {wait_s} seconds")]
    TooMany {
        /// Seconds to wait.
        wait_s: u64,
    },
    /// The store failed or refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IdentityError {
    /// A refusal.
    pub(super) fn refused(code: Code, what: impl Into<String>) -> Self {
        Self::Refused(Refusal::new(code, what))
    }

    /// One word for the journal.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code.word(),
            Self::TooMany { .. } => "too-many",
            Self::Store(_) => "server_error",
        }
    }
}
