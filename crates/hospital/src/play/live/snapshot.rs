//! A house kept, to go back to.

use serde::{Deserialize, Serialize};

use super::LiveSettings;
use super::walks::State;

/// The form of snapshots; another number is another form.
pub(super) const FORM: u32 = 1;

/// A live house at one moment, as values that `serde` keeps.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    pub(super) form: u32,
    pub(super) settings: LiveSettings,
    /// The digest of the pathways it was played on.
    pub(super) pathways: u64,
    pub(super) state: State,
}

/// Why a snapshot cannot be gone back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// Another version of the program made it.
    #[error("the snapshot has form {0}, this program knows form {FORM}: replay the command log instead")]
    Form(u32),
    /// The pathways have changed since.
    #[error("the snapshot was made with other pathways: bring those back, or start the house anew")]
    Pathways,
}

impl Snapshot {
    /// The virtual time it shows.
    pub fn at_us(&self) -> i64 {
        self.state.now_us
    }
}
