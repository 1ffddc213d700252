use serde::{Deserialize, Serialize};

use super::{
    Auroc, Bin, Calibration, NetBenefit, auprc, auroc, brier, calibration, decision_curve,
    expected_calibration_error, log_loss,
};
use crate::problem::ModelError;

/// Ranges of risk in a calibration plot.
const BINS: usize = 10;

/// Everything about a model's risks that a card tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// How many were judged.
    pub rows: usize,
    /// How many of them had the outcome.
    pub events: usize,
    /// Discrimination.
    pub auroc: Auroc,
    /// Average precision.
    pub auprc: f64,
    /// Mean squared error.
    pub brier: f64,
    /// Mean negative log likelihood.
    pub log_loss: f64,
    /// Calibration; none where the risks tell the outcomes apart without fail.
    pub calibration: Option<Calibration>,
    /// Expected calibration error over ten ranges.
    pub expected_calibration_error: f64,
    /// These ranges.
    pub bins: Vec<Bin>,
    /// Net benefit at 1, 2, … 99 %.
    pub decision_curve: Vec<NetBenefit>,
}

/// Judges risks.
///
/// # Errors
/// [`ModelError`] for risks that cannot be judged.
pub fn judge(outcomes: &[f64], risks: &[f64]) -> Result<Judgement, ModelError> {
    let (expected_calibration_error, bins) = expected_calibration_error(outcomes, risks, BINS)?;
    let thresholds: Vec<f64> = (1..100).map(|percent| f64::from(percent) / 100.0).collect();
    Ok(Judgement {
        rows: risks.len(),
        events: outcomes.iter().filter(|outcome| **outcome == 1.0).count(),
        auroc: auroc(outcomes, risks)?,
        auprc: auprc(outcomes, risks)?,
        brier: brier(outcomes, risks)?,
        log_loss: log_loss(outcomes, risks)?,
        calibration: calibration(outcomes, risks).ok(),
        expected_calibration_error,
        bins,
        decision_curve: decision_curve(outcomes, risks, &thresholds)?,
    })
}
