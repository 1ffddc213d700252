//! Chance from a seed: one number for each thing that is drawn, whatever else is drawn.

/// A number from `least` to `most`, for a thing of this name.
pub(super) fn draw(seed: u64, name: &str, least: u32, most: u32) -> u32 {
    let mixed = name.bytes().fold(mix(seed), |word, byte| mix(word ^ u64::from(byte)));
    let span = u64::from(most.saturating_sub(least)) + 1;
    least.saturating_add(u32::try_from(mixed % span).unwrap_or(0))
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014).
const fn mix(word: u64) -> u64 {
    let z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
