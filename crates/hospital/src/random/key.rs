//! What is being decided.

use rand_pcg::Pcg64Mcg;

use super::Stream;

/// Names one decision; made by mixing words into a seed with `SplitMix64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u64);

impl Key {
    /// The key of a whole world.
    pub const fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// The key that a mixed word came from, to go on naming parts of it.
    pub(crate) const fn of_value(value: u64) -> Self {
        Self(value)
    }

    /// The key of one numbered part of this decision.
    #[must_use]
    pub const fn number(self, n: u64) -> Self {
        Self(mix(self.0 ^ mix(n)))
    }

    /// The key of one named part of this decision.
    #[must_use]
    pub const fn name(self, name: &str) -> Self {
        self.number(fnv1a(name.as_bytes()))
    }

    /// The mixed word itself, well spread over 64 bits.
    pub const fn value(self) -> u64 {
        self.0
    }

    /// The stream of numbers that belongs to this key.
    pub fn stream(self) -> Stream {
        let low = mix(self.0);
        Stream::new(Pcg64Mcg::new((u128::from(mix(low)) << 64) | u128::from(low)))
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014): a bijection on 64 bits.
const fn mix(word: u64) -> u64 {
    let z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

const fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}
