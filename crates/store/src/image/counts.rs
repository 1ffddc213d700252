use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::StoreError;

/// Counts remembered at a time.
const COUNTS_MAX: usize = 10_000;

/// How many resources of an image a search matches. An image never changes, so each count is made once, for all the
/// sandboxes that lie over it.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    known: Mutex<HashMap<String, u64>>,
}

impl Counts {
    /// The count under `key`, which names the image and the search; made by `count` if it is not known.
    pub(crate) fn get(
        &self,
        key: String,
        count: impl FnOnce() -> Result<u64, StoreError>,
    ) -> Result<u64, StoreError> {
        if let Some(count) = self.peek(&key) {
            return Ok(count);
        }
        let count = count()?;
        self.keep(key, count);
        Ok(count)
    }

    /// The count under `key`, if it is known.
    pub(crate) fn peek(&self, key: &str) -> Option<u64> {
        self.known().get(key).copied()
    }

    /// Remembers a count that was made in another way.
    pub(crate) fn keep(&self, key: String, count: u64) {
        let mut known = self.known();
        if known.len() >= COUNTS_MAX {
            known.clear();
        }
        known.insert(key, count);
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, u64>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
