//! Questions that have no answer.

use super::source::Kind;
use crate::fhir::outcome::IssueCode;

/// Why a question about codes has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TerminologyError {
    /// No resource has this canonical URL.
    #[error(
        "the {} {url} is not known here; it is neither among the shipped ones nor stored in this hospital",
        kind.name()
    )]
    UnknownResource {
        /// What was looked for.
        kind: Kind,
        /// Its canonical URL, with the version asked for.
        url: String,
    },
    /// The URL is known, in another version.
    #[error("the {} {url} is known in version {known}, not in {asked}; ask without a version or for that one", kind.name())]
    OtherVersion {
        /// What was looked for.
        kind: Kind,
        /// Its canonical URL.
        url: String,
        /// The version asked for.
        asked: String,
        /// The version there is.
        known: String,
    },
    /// The code system does not have the code.
    #[error("the code system {system} has no code `{code}`")]
    UnknownCode {
        /// Canonical URL of the code system.
        system: String,
        /// The code.
        code: String,
    },
    /// The code system is known in part only, and the code is not in that part.
    #[error("`{code}` may be a code of {system}, of which only a part is known here")]
    Undecided {
        /// Canonical URL of the code system.
        system: String,
        /// The code.
        code: String,
    },
    /// The value set rests on what is not known here, and nothing of it can be listed.
    #[error("no code of the value set can be listed: {reason}")]
    NotListable {
        /// What is missing.
        reason: String,
    },
    /// The answer would be too large or take too long.
    #[error("{0}")]
    TooCostly(String),
    /// The resource or the question contradicts itself.
    #[error("{0}")]
    Invalid(String),
}

impl TerminologyError {
    /// The kind of issue this is in an OperationOutcome.
    pub fn code(&self) -> IssueCode {
        match self {
            Self::UnknownResource { .. } | Self::OtherVersion { .. } | Self::UnknownCode { .. } => {
                IssueCode::NotFound
            }
            Self::Undecided { .. } | Self::NotListable { .. } => IssueCode::NotSupported,
            Self::TooCostly(_) => IssueCode::TooCostly,
            Self::Invalid(_) => IssueCode::Invalid,
        }
    }
}
