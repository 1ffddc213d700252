//! Names for what happens.

use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::random::Key;

/// Names one happening of one patient: a visit, an order, a problem. No two are alike.
///
/// In a history, [`Handle::id`] is the id of the resource that tells of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Handle(u64);

impl Handle {
    /// The handle that belongs to a key.
    pub(crate) const fn of(key: Key) -> Self {
        Self(key.value())
    }

    /// A handle for a numbered part of what this one names.
    #[must_use]
    pub(crate) const fn part(self, number: u64) -> Self {
        Self(self.key().number(number).value())
    }

    /// The key that belongs to the handle, to draw its chance from.
    pub(crate) const fn key(self) -> Key {
        Key::of_value(self.0)
    }

    /// Twelve lower-case letters and digits that stand for it.
    pub fn id(self) -> Id {
        Id::of(self.key())
    }
}
