use store::StoreError;
use store::records::AttemptId;
use training::attempt::{Refusal, ResolveError};

use crate::sandboxes::SandboxError;

/// Why something could not be done with a lab.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// There is no lab of that name.
    #[error("there is no lab '{0}'; the list of labs has those there are")]
    NoSuchLab(String),
    /// The lab has no such part.
    #[error("the lab '{lab}' has no {part} '{id}'")]
    NoSuchPart {
        /// The lab.
        lab: String,
        /// What was looked for: variant, step, check or question.
        part: &'static str,
        /// Its name.
        id: String,
    },
    /// It does not exist, or it is somebody else's: the two look alike from outside.
    #[error("there is no attempt '{0}' that you may see")]
    NotYours(AttemptId),
    /// Only instructors may see this.
    #[error("only instructors see how everyone stands")]
    NotInstructor,
    /// The attempt's hospital is gone.
    #[error("the hospital of this attempt was deleted; start the lab again")]
    NoSandbox,
    /// The attempt is over.
    #[error("this attempt is {0}; start the lab again to go on")]
    Over(&'static str),
    /// The answer is longer than any question asks for.
    #[error("this answer has {found} bytes, and {limit} are read; write what was asked for and no more")]
    TooLong {
        /// Its length in bytes.
        found: usize,
        /// The most that is read.
        limit: usize,
    },
    /// There is no next hint.
    #[error(transparent)]
    Hint(#[from] Refusal),
    /// The step cannot be gone back to.
    #[error("the step '{0}' has not begun yet; finish the ones before it first")]
    NotBegun(String),
    /// The lab's values cannot be made in this hospital.
    #[error(transparent)]
    Resolve(#[from] ResolveError),
    /// The lab's problem cannot be placed in this hospital, or its role is none here.
    #[error("{file}:{line}: {what}")]
    Fault {
        /// File of the lab.
        file: String,
        /// Line of the fault.
        line: u32,
        /// What is wrong, and what to try.
        what: String,
    },
    /// The sandbox refused or failed.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
