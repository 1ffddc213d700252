use store::StoreError;

/// Why something could not be done with a test kit.
#[derive(Debug, thiserror::Error)]
pub enum KitError {
    /// There is no such kit or run.
    #[error("{0}")]
    Unknown(String),
    /// What the run was told is not enough, or too much: one sentence for each problem.
    #[error("{}", .0.join("; "))]
    Inputs(Vec<String>),
    /// Too many runs are at work.
    #[error("{0}")]
    Busy(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
