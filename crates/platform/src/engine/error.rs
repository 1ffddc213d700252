use channels::Problem;
use hospital::staff::Denied;
use store::StoreError;

/// Why something could not be done with a channel.
#[derive(Debug, thiserror::Error)]
pub enum InterfaceError {
    /// There is no such channel.
    #[error("there is no channel \"{0}\": save one of this name, or look at the list")]
    NoChannel(String),
    /// There is no such version of it.
    #[error("the channel \"{name}\" has no version {number}")]
    NoVersion {
        /// The channel.
        name: String,
        /// The number asked for.
        number: u64,
    },
    /// There is no such message.
    #[error("there is no message {0}")]
    NoMessage(i64),
    /// The channel is not deployed, or takes nothing in.
    #[error("the channel \"{name}\" is {state}: start it first")]
    NotStarted {
        /// The channel.
        name: String,
        /// `stopped`, `paused` or `not deployed`.
        state: String,
    },
    /// The file has problems. Nothing was saved.
    #[error("the channel has {} problem{}: {}", .0.len(), if .0.len() == 1 { "" } else { "s" }, first(.0))]
    Problems(Vec<Problem>),
    /// The name in the file is not the name of the channel that was to be changed.
    #[error(
        "the file is of the channel \"{found}\", not \"{expected}\": change its name, or save it as a channel of its own"
    )]
    OtherName {
        /// The channel that was to be changed.
        expected: String,
        /// The name in the file.
        found: String,
    },
    /// The role may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store failed or refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn first(problems: &[Problem]) -> String {
    problems.first().map(Problem::to_string).unwrap_or_default()
}

/// As a failure of the store: a channel that was there when it was asked for and is not now counts as one.
pub(crate) fn failure(error: InterfaceError) -> StoreError {
    match error {
        InterfaceError::Store(error) => error,
        other => StoreError::Conflict { what: other.to_string() },
    }
}
