use std::path::PathBuf;

use platform::backup::Backup;
use serde::{Deserialize, Serialize};

/// What the server can be asked.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Request {
    /// Copy the data folder.
    Backup {
        /// Absolute path of a new folder.
        to: PathBuf,
    },
}

/// What it answers.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reply {
    /// It is on its way.
    Progress {
        /// Parts done.
        done: u64,
        /// Parts in all.
        total: u64,
    },
    /// It is done.
    Done(Backup),
    /// It could not be done, in plain words.
    Failed(String),
}
