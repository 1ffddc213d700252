use store::StoreError;

/// Why a log did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// There is no such entry.
    #[error("there is no entry {index}: the log has {size}, counted from 0")]
    NoEntry {
        /// The entry asked for.
        index: u64,
        /// What the log has.
        size: u64,
    },
    /// There is no tree of that size.
    #[error("the log never had {old} entries yet; it has {size}")]
    NoSize {
        /// The size asked for.
        old: u64,
        /// What the log has.
        size: u64,
    },
    /// There is no such witness.
    #[error("there is no witness \"{0}\"; GET …/log lists them")]
    NoWitness(String),
    /// There is no second history.
    #[error("the operator keeps one history only; POST …/log/operator makes it tell two")]
    OneHistory,
    /// The journal does not continue what was sealed, and no reset says why.
    #[error(
        "the journal was rewritten at entry {seq}: it does not continue what was sealed, and nothing more is sealed"
    )]
    Rewritten {
        /// The first journal entry that does not fit.
        seq: i64,
    },
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
