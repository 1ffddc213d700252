use serde::{Deserialize, Serialize};

use super::check::check;
use super::ranks::{ascending, midranks};
use crate::problem::ModelError;

/// The 97.5th percentile of the normal distribution.
const Z_95: f64 = 1.959_963_984_540_054;

/// The area under the receiver operating characteristic, with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Auroc {
    /// The chance that of two people, one with the outcome, that one has the higher risk.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Lower end of the 95 % interval, at least 0.
    pub low: f64,
    /// Upper end of the 95 % interval, at most 1.
    pub high: f64,
}

/// The area by ranks, its variance as of DeLong, DeLong and Clarke-Pearson (Biometrics 1988) in the quick
/// form of Sun and Xu (IEEE Signal Processing Letters 2014).
///
/// # Errors
/// [`ModelError`] for risks that cannot be judged.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
pub fn auroc(outcomes: &[f64], risks: &[f64]) -> Result<Auroc, ModelError> {
    check(outcomes, risks)?;
    let of = |wanted: f64| {
        let chosen = risks.iter().zip(outcomes).filter(move |(_, outcome)| **outcome == wanted);
        chosen.map(|(risk, _)| *risk).collect::<Vec<f64>>()
    };
    let (with, without) = (of(1.0), of(0.0));
    let (m, n) = (with.len() as f64, without.len() as f64);
    let together: Vec<f64> = with.iter().chain(&without).copied().collect();
    let ranks = midranks(&together);
    let (with_ranks, without_ranks) = (midranks(&with), midranks(&without));
    let value = (ranks[..with.len()].iter().sum::<f64>() - m * (m + 1.0) / 2.0) / (m * n);
    // For each person with the outcome the share of those without whom they are above, and the reverse.
    let of_with: Vec<f64> = ranks.iter().zip(&with_ranks).map(|(all, own)| (all - own) / n).collect();
    let others = ranks[with.len()..].iter().zip(&without_ranks);
    let of_without: Vec<f64> = others.map(|(all, own)| 1.0 - (all - own) / m).collect();
    let variance = |shares: &[f64]| match shares.len() {
        0 | 1 => 0.0,
        count => shares.iter().map(|share| (share - value).powi(2)).sum::<f64>() / (count as f64 - 1.0),
    };
    let error = (variance(&of_with) / m + variance(&of_without) / n).sqrt();
    let (low, high) = ((value - Z_95 * error).max(0.0), (value + Z_95 * error).min(1.0));
    Ok(Auroc { value, error, low, high })
}

/// The area under precision over recall, by steps (average precision).
///
/// # Errors
/// [`ModelError`] for risks that cannot be judged.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
pub fn auprc(outcomes: &[f64], risks: &[f64]) -> Result<f64, ModelError> {
    check(outcomes, risks)?;
    let order = ascending(risks);
    let events: f64 = outcomes.iter().sum();
    let (mut hits, mut area, mut at) = (0.0, 0.0, order.len());
    while at > 0 {
        let risk = risks[order[at - 1]];
        let equal = order[..at].iter().rev().take_while(|one| risks[**one] == risk).count();
        let gained: f64 = order[at - equal..at].iter().map(|one| outcomes[*one]).sum();
        at -= equal;
        hits += gained;
        area += gained / events * hits / (order.len() - at) as f64;
    }
    Ok(area)
}
