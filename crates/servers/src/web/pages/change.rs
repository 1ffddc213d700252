//! What goes down the stream of a page whose pieces change by themselves.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

/// What `live-checks` swaps, see `web/islands/live-checks.ts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    /// HTML by the id of the element it belongs into.
    pub(crate) cells: BTreeMap<String, String>,
    /// What is read out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) say: Option<String>,
}

impl Change {
    /// A number for what the page shows: the same content has the same number.
    pub(crate) fn number(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.cells.hash(&mut hasher);
        // What JavaScript can hold exactly as a number.
        hasher.finish() >> 11
    }
}
