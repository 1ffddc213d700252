/// A number below 1 that a name always gets, and that says nothing about it: where somebody stands when people are divided.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "53 bits of it are wanted")]
pub fn share_of(seed: u64, name: &str) -> f64 {
    // FNV-1a, then the finalizer of SplitMix64, so that names that differ little lie far apart.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (mixed(hash) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Whether somebody is held back for judging, where this share of all people is.
#[must_use]
pub fn is_held_out(seed: u64, patient: &str, share: f64) -> bool {
    share_of(seed, patient) < share
}

/// The finalizer of `SplitMix64` (Steele, Lea and Flood 2014).
pub(super) fn mixed(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}
