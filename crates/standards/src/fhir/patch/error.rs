/// Why a patch cannot be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is not a JSON Patch: not JSON, an unknown operation, a member missing, a pointer that is none.
    Malformed,
    /// An operation names a place that the resource does not have.
    NotThere,
    /// A `test` found another value.
    TestFailed,
    /// It has too many operations, or makes the resource too large.
    TooLarge,
}

/// A patch that was not applied, and the operation that would not go.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", operation.map(|at| format!("operation {at} (counted from 0): ")).unwrap_or_default())]
pub struct PatchError {
    /// The kind of failure.
    pub reason: Reason,
    /// The operation's place in the patch, from 0; `None` when the patch as a whole cannot be read.
    pub operation: Option<usize>,
    /// What is wrong and what to try.
    pub what: String,
}

/// A failure of one operation, before it is known which one it is.
pub(super) type Failed = (Reason, String);

pub(super) fn malformed(what: impl Into<String>) -> Failed {
    (Reason::Malformed, what.into())
}

pub(super) fn not_there(what: impl Into<String>) -> Failed {
    (Reason::NotThere, what.into())
}
