use security::casework::CaseworkError;
use security::detection::Problem;
use security::query::QueryError;
use store::StoreError;

/// Why the desk cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The query cannot be understood; where, and what to try.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The rules cannot be run; every reason with its place.
    #[error("the rules hold {} that must be mended first", counted(.0.len()))]
    Rules(Vec<Problem>),
    /// What cannot be kept of the desk's own work.
    #[error(transparent)]
    Casework(#[from] CaseworkError),
    /// Something that was named is not there.
    #[error("{what}")]
    Missing {
        /// What.
        what: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn counted(problems: usize) -> String {
    if problems == 1 { "a problem".to_owned() } else { format!("{problems} problems") }
}
