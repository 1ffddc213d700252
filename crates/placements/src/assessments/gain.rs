use crate::outcomes::{Spread, spread};

/// Quantiles of Student's t at 0.975, for 1 to 30 degrees of freedom; beyond that the normal one is near enough.
const T_975: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const NORMAL_975: f64 = 1.96;

/// What was learned between two sittings, among those who took both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// The share that was right the first time, 0 to 1.
    pub first: Spread,
    /// The share that was right the last time.
    pub last: Spread,
    /// The mean of the differences.
    pub mean: f64,
    /// How far the mean may be off: half of its 95 % interval by Student's t. Nothing for one person alone.
    pub off: Option<f64>,
}

/// What was learned, from the shares that were right the first and the last time, person by person; nothing without a person.
#[must_use]
pub fn gain(pairs: &[(f64, f64)]) -> Option<Gain> {
    let (first, last): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let differences: Vec<f64> = pairs.iter().map(|(first, last)| last - first).collect();
    let count = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / count;
    let off = differences.len().checked_sub(2).map(|at| {
        let squares: f64 = differences.iter().map(|one| (one - mean).powi(2)).sum();
        let deviation = (squares / (count - 1.0)).sqrt();
        T_975.get(at).copied().unwrap_or(NORMAL_975) * deviation / count.sqrt()
    });
    Some(Gain { first: spread(&first)?, last: spread(&last)?, mean, off })
}
