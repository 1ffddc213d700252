use serde::{Deserialize, Serialize};

use super::check::check;
use crate::logistic::{fit_plain, sigmoid};
use crate::problem::ModelError;

/// Risks of exactly 0 or 1 have no log odds; they are taken for this far from it.
const EDGE: f64 = 1e-15;

/// How risks agree with what happens.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The change of the observed log odds with the predicted: 1 is right, less is too extreme.
    pub slope: f64,
    /// The log odds observed where 0 is predicted, fitted together with the slope.
    pub intercept: f64,
    /// What must be added to all log odds for the mean risk to be right: calibration in the large.
    pub in_the_large: f64,
    /// Outcomes that were observed for each that was expected.
    pub observed_to_expected: f64,
}

/// A range of risks and what was observed in it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Risks from here.
    pub from: f64,
    /// Risks up to here.
    pub to: f64,
    /// How many have such a risk.
    pub count: usize,
    /// Their mean risk.
    pub predicted: f64,
    /// The share of them with the outcome.
    pub observed: f64,
}

/// The mean squared difference between risk and outcome (Brier 1950).
///
/// # Errors
/// [`ModelError`] for risks that cannot be judged.
pub fn brier(outcomes: &[f64], risks: &[f64]) -> Result<f64, ModelError> {
    check(outcomes, risks)?;
    Ok(mean(outcomes.iter().zip(risks).map(|(outcome, risk)| (risk - outcome).powi(2))))
}

/// The mean negative log of the risk given to what happened.
///
/// # Errors
/// [`ModelError`] for risks that cannot be judged.
pub fn log_loss(outcomes: &[f64], risks: &[f64]) -> Result<f64, ModelError> {
    check(outcomes, risks)?;
    // The edge of scikit-learn, the least step from 1 in double precision.
    let given = |outcome: f64, risk: f64| {
        let risk = risk.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        -(if outcome == 1.0 { risk } else { 1.0 - risk }).ln()
    };
    Ok(mean(outcomes.iter().zip(risks).map(|(outcome, risk)| given(*outcome, *risk))))
}

/// Slope and intercept by a logistic regression of the outcome on the log odds (Cox 1958; Van Calster et al.
/// 2019, BMC Medicine 17:230).
///
/// # Errors
/// [`ModelError`] for risks that cannot be judged, and where they tell the outcomes apart without fail.
pub fn calibration(outcomes: &[f64], risks: &[f64]) -> Result<Calibration, ModelError> {
    check(outcomes, risks)?;
    let odds: Vec<f64> = risks.iter().map(|risk| log_odds(*risk)).collect();
    let [slope, intercept] = fit_plain(&[&odds], outcomes)?[..] else { return Err(ModelError::Unsettled) };
    let expected: f64 = risks.iter().sum();
    let observed_to_expected = outcomes.iter().sum::<f64>() / expected;
    Ok(Calibration { slope, intercept, in_the_large: in_the_large(outcomes, &odds)?, observed_to_expected })
}

/// Newton's method in one dimension.
fn in_the_large(outcomes: &[f64], odds: &[f64]) -> Result<f64, ModelError> {
    let mut shift = 0.0;
    for _ in 0..100 {
        let (mut first, mut second) = (0.0, 0.0);
        for (outcome, odds) in outcomes.iter().zip(odds) {
            let risk = sigmoid(odds + shift);
            first += outcome - risk;
            second += risk * (1.0 - risk);
        }
        let step = (first / second.max(1e-300)).clamp(-2.0, 2.0);
        shift += step;
        if step.abs() < 1e-14 * (1.0 + shift.abs()) {
            return Ok(shift);
        }
    }
    Err(ModelError::Unsettled)
}

/// The mean distance between predicted and observed over so many ranges of equal width, each counting by how
/// many are in it (Naeini, Cooper and Hauskrecht 2015), and the ranges that hold somebody.
///
/// # Errors
/// [`ModelError`] for risks that cannot be judged, and for no or too many ranges.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the product is from 0 to bins")]
pub fn expected_calibration_error(
    outcomes: &[f64],
    risks: &[f64],
    bins: usize,
) -> Result<(f64, Vec<Bin>), ModelError> {
    check(outcomes, risks)?;
    if !(1..=1_000).contains(&bins) {
        return Err(ModelError::Setting {
            setting: "bins",
            value: bins.to_string(),
            range: "from 1 to 1000",
        });
    }
    let mut sums = vec![(0_usize, 0.0, 0.0); bins];
    for (outcome, risk) in outcomes.iter().zip(risks) {
        let (count, predicted, observed) = &mut sums[((risk * bins as f64) as usize).min(bins - 1)];
        *count += 1;
        *predicted += risk;
        *observed += outcome;
    }
    let ranges = sums.into_iter().enumerate().filter(|(_, (count, ..))| *count > 0);
    let ranges: Vec<Bin> = ranges
        .map(|(at, (count, predicted, observed))| Bin {
            from: at as f64 / bins as f64,
            to: (at + 1) as f64 / bins as f64,
            count,
            predicted: predicted / count as f64,
            observed: observed / count as f64,
        })
        .collect();
    let rows = risks.len() as f64;
    let distance = |bin: &Bin| bin.count as f64 / rows * (bin.predicted - bin.observed).abs();
    Ok((ranges.iter().map(distance).sum(), ranges))
}

fn log_odds(risk: f64) -> f64 {
    let risk = risk.clamp(EDGE, 1.0 - EDGE);
    (risk / (1.0 - risk)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}
