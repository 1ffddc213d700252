use serde::{Deserialize, Serialize};

use super::check::check;
use super::ranks::ascending;
use crate::problem::ModelError;

/// What acting at a threshold is worth, in true positives for each person (Vickers and Elkin 2006, Medical
/// Decision Making 26:565).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NetBenefit {
    /// The risk from which one acts.
    pub threshold: f64,
    /// Of acting by the model.
    pub model: f64,
    /// Of acting for everybody. Acting for nobody is worth 0.
    pub all: f64,
    /// The share of people for whom one acts.
    pub acted_on: f64,
    /// The share of those with the outcome for whom one acts.
    pub sensitivity: f64,
    /// The share of those for whom one acts that have the outcome; 0 where one acts for nobody.
    pub precision: f64,
}

/// The decision curve at some thresholds.
///
/// # Errors
/// [`ModelError`] for risks that cannot be judged, and for thresholds that are not between 0 and 1.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
pub fn decision_curve(
    outcomes: &[f64],
    risks: &[f64],
    thresholds: &[f64],
) -> Result<Vec<NetBenefit>, ModelError> {
    check(outcomes, risks)?;
    let rows = risks.len() as f64;
    let order = ascending(risks);
    let sorted: Vec<f64> = order.iter().map(|at| risks[*at]).collect();
    // Outcomes from each position to the end, so that any threshold is looked up.
    let mut above = vec![0.0; sorted.len() + 1];
    for (position, at) in order.iter().enumerate().rev() {
        above[position] = above[position + 1] + outcomes[*at];
    }
    let events = above[0];
    let of = |threshold: &f64| {
        if !(*threshold > 0.0 && *threshold < 1.0) {
            let (setting, value) = ("threshold", threshold.to_string());
            return Err(ModelError::Setting { setting, value, range: "above 0 and below 1" });
        }
        let first = sorted.partition_point(|risk| risk < threshold);
        let (acted, hits) = ((sorted.len() - first) as f64, above[first]);
        let odds = threshold / (1.0 - threshold);
        Ok(NetBenefit {
            threshold: *threshold,
            model: hits / rows - (acted - hits) / rows * odds,
            all: events / rows - (rows - events) / rows * odds,
            acted_on: acted / rows,
            sensitivity: hits / events,
            precision: if acted > 0.0 { hits / acted } else { 0.0 },
        })
    };
    thresholds.iter().map(of).collect()
}
