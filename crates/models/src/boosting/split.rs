use super::bins::{MISSING, SLOTS};
use super::histogram::{Histogram, Slope};
use super::settings::Settings;

/// Where to divide a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Split {
    pub(super) gain: f64,
    pub(super) column: usize,
    /// The last bin that goes left.
    pub(super) bin: u8,
    pub(super) missing_left: bool,
    pub(super) left: Slope,
    pub(super) right: Slope,
}

/// The split that gains the most; of equal ones the first.
pub(super) fn best(
    histogram: &Histogram,
    whole: Slope,
    cuts: &[Vec<f64>],
    settings: &Settings,
) -> Option<Split> {
    let mut best: Option<Split> = None;
    let before = score(whole, settings);
    for (column, (slots, cuts)) in histogram.0.chunks_exact(SLOTS).zip(cuts).enumerate() {
        let missing = slots[MISSING as usize];
        let has_missing = missing.second > 0.0;
        let known = whole.without(missing);
        let mut below = Slope::default();
        for (bin, slot) in slots.iter().enumerate().take(cuts.len()) {
            below = below.and(*slot);
            let above = known.without(below);
            for missing_left in [false, true] {
                if missing_left && !has_missing {
                    continue;
                }
                let (left, right) = match missing_left {
                    true => (below.and(missing), above),
                    false => (below, above.and(missing)),
                };
                let least = settings.min_child_weight.max(1e-12);
                if left.second < least || right.second < least {
                    continue;
                }
                let gain = 0.5 * (score(left, settings) + score(right, settings) - before) - settings.gamma;
                if gain > best.map_or(1e-9, |best| best.gain) {
                    let bin = u8::try_from(bin).unwrap_or(MISSING - 1);
                    best = Some(Split { gain, column, bin, missing_left, left, right });
                }
            }
        }
    }
    best
}

fn score(slope: Slope, settings: &Settings) -> f64 {
    slope.first * slope.first / (slope.second + settings.lambda)
}
