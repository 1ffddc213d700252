use std::path::{Path, PathBuf};

/// What can go wrong between a use case and the disk.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused or failed; the transaction was rolled back.
    #[error("the database refused: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A file could not be read, written, copied or removed.
    #[error("{path}: {source}; check that the data folder exists, is writable and has space")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// Nothing of that name is stored.
    #[error("{what} does not exist")]
    NotFound {
        /// What was looked for, with its name.
        what: String,
    },
    /// The stored state differs from what the caller assumed.
    #[error("{what}")]
    Conflict {
        /// What differs, and how.
        what: String,
    },
    /// A file holds something this version cannot read.
    #[error("{what} is damaged or of another version; restore it from a backup or build it again")]
    Damaged {
        /// The file or record.
        what: String,
    },
    /// A declared limit is reached.
    #[error("{what}")]
    Full {
        /// Which limit, and what to do about it.
        what: String,
    },
}

impl StoreError {
    /// Wraps an operating system error with the path it is about.
    pub fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}
