//! Seeds: where everything that varies comes from.

use sha2::{Digest, Sha256};

use crate::lab::{Lab, Variant};

/// The source of everything that varies in one attempt: a keyed hash, asked by name.
///
/// Each question has its own name, so a new param leaves the others as they were.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; 32]);

// A seed decides the truth behind every question, so it is never printed.
impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed")
    }
}

impl Seed {
    /// The seed of an attempt: a hash of learner, lab and attempt number (from 1) under the platform's secret key.
    #[must_use]
    pub fn derive(key: &[u8], learner: &str, lab: &str, attempt: u32) -> Self {
        Self(digest(&[key, b"attempt", learner.as_bytes(), lab.as_bytes(), &attempt.to_be_bytes()]))
    }

    /// A number for this name, the same every time it is asked for.
    #[must_use]
    pub fn draw(&self, name: &str) -> u64 {
        let bytes = digest(&[&self.0, b"draw", name.as_bytes()]);
        bytes[..8].iter().fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }

    /// A number below `bound` for this name; 0 when `bound` is 0.
    #[must_use]
    pub fn below(&self, name: &str, bound: u64) -> u64 {
        // The high half of the product spreads evenly enough: the bias is below one in 2^32 for any bound we use.
        let product = u128::from(self.draw(name)) * u128::from(bound);
        u64::try_from(product >> 64).unwrap_or(0)
    }
}

/// Hashes parts with their lengths, so that no two lists of parts are hashed alike.
fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The variant a learner meets: spread evenly over learners, and another one at every new attempt.
///
/// `None` when the lab has no variants.
#[must_use]
pub fn choose_variant<'a>(lab: &'a Lab, key: &[u8], learner: &str, attempt: u32) -> Option<&'a Variant> {
    let count = lab.variants.len() as u64;
    let first = Seed::derive(key, learner, &lab.id, 0).below("variant", count);
    let index = (first + u64::from(attempt)).checked_rem(count)?;
    lab.variants.get(usize::try_from(index).ok()?)
}
