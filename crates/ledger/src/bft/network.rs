//! How long messages take, as a function of the seed alone.

use super::fault::Fault;

/// When the network becomes reliable, in milliseconds: before, a message may take very long.
pub(super) const CALM_FROM_MS: u64 = 1_200;
/// The longest a message takes once the network is reliable.
pub(super) const DELAY_CALM_MAX_MS: u64 = 90;
/// The longest it takes before, while the network is bad.
const DELAY_BAD_MAX_MS: u64 = 900;
/// The shortest it takes.
const DELAY_MIN_MS: u64 = 10;
/// What a lagging validator's messages take beside.
const LAG_MS: u64 = 350;

/// When a message sent at `now_ms` arrives.
pub(super) fn arrives_ms(seed: u64, nth: u64, now_ms: u64, from: Fault) -> u64 {
    let draw = mixed(seed ^ mixed(nth));
    // One message in four meets the bad side of a bad network.
    let is_bad = now_ms < CALM_FROM_MS && draw.is_multiple_of(4);
    let max = if is_bad { DELAY_BAD_MAX_MS } else { DELAY_CALM_MAX_MS };
    let takes = DELAY_MIN_MS + (draw >> 8) % (max - DELAY_MIN_MS);
    // What was sent while it was bad is there soon after it has become good.
    let arrives = (now_ms + takes).min(now_ms.max(CALM_FROM_MS) + DELAY_CALM_MAX_MS);
    arrives + if from == Fault::Lagging { LAG_MS } else { 0 }
}

/// A number that looks like chance and is none (`SplitMix64`: Steele, Lea, Flood 2014).
pub(super) fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
