//! Resource ids made by the generator.

use std::fmt;

use crate::random::Key;

/// The base-32 alphabet of RFC 4648 section 6, in lower case.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Twelve lower-case base-32 characters: 60 bits of a key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id([u8; 12]);

impl Id {
    /// The id that belongs to a key.
    pub fn of(key: Key) -> Self {
        let mut bits = key.value();
        Self(std::array::from_fn(|_| {
            let letter = ALPHABET[(bits & 31) as usize];
            bits >>= 5;
            letter
        }))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
