//! A shuffle that needs no list.

use super::Key;

/// Rounds of the Feistel network; four suffice for a shuffle nobody attacks.
const ROUNDS: u64 = 4;

/// A keyed one-to-one map of `0..size` onto itself.
///
/// A balanced Feistel network over the next even power of two, walked until it
/// lands inside (Black and Rogaway 2002, "cycle walking").
#[derive(Clone, Copy, Debug)]
pub struct Permutation {
    key: Key,
    size: u64,
    half_bits: u32,
}

impl Permutation {
    /// The shuffle of `0..size` that belongs to the key; `size` must be above 0.
    pub fn new(key: Key, size: u64) -> Self {
        let bits = u64::BITS - size.saturating_sub(1).leading_zeros();
        Self { key, size, half_bits: bits.div_ceil(2).max(1) }
    }

    /// Where `index` goes; indexes wrap at `size`.
    pub fn apply(&self, index: u64) -> u64 {
        let mut place = self.network(index % self.size);
        while place >= self.size {
            place = self.network(place);
        }
        place
    }

    fn network(&self, value: u64) -> u64 {
        let mask = (1_u64 << self.half_bits) - 1;
        let (mut left, mut right) = (value >> self.half_bits, value & mask);
        for round in 0..ROUNDS {
            let mixed = self.key.number(round).number(right).value() & mask;
            (left, right) = (right, left ^ mixed);
        }
        (left << self.half_bits) | right
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_place_is_taken_once() {
        for size in [1, 2, 3, 10, 1000, 1025] {
            let shuffle = Permutation::new(Key::new(5), size);
            let places: BTreeSet<u64> = (0..size).map(|index| shuffle.apply(index)).collect();
            assert_eq!(places.len() as u64, size);
            assert!(places.iter().all(|place| *place < size));
        }
    }

    #[test]
    fn neighbours_part() {
        let shuffle = Permutation::new(Key::new(5), 9_000_000);
        let near =
            (0..1000).filter(|index| shuffle.apply(*index).abs_diff(shuffle.apply(index + 1)) < 1000).count();
        assert!(near < 10, "{near} neighbours stayed close");
    }
}
