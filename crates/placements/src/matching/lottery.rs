//! Ties, broken by numbers that everybody can compute.

/// The lottery number of a name under a seed: the lower goes first.
///
/// One number for each applicant, used by every programme alike: with lotteries of their own, more applicants would lose a place they
/// could have had (Abdulkadiroğlu, Pathak and Roth 2009). It is `SplitMix64` over the 64-bit FNV-1a of the name, so that it can
/// be computed again in a few lines of any language.
#[must_use]
pub fn lottery(seed: u64, name: &str) -> u64 {
    mix(mix(seed) ^ fnv1a(name.as_bytes()))
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014): a bijection on 64 bits.
fn mix(word: u64) -> u64 {
    let z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
