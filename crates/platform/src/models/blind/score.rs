use ::models::metrics::{Auroc, auroc, judge};
use serde::{Deserialize, Serialize};

use crate::models::study::StudyError;

/// How well risks foretold what became of some people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// People.
    pub people: usize,
    /// Of whom had the outcome.
    pub events: usize,
    /// Discrimination, with its interval.
    pub auroc: Auroc,
    /// Mean squared error.
    pub brier: f64,
    /// The mean squared error of telling everybody the share that had the outcome.
    pub brier_of_share: f64,
    /// Mean negative log likelihood.
    pub log_loss: f64,
    /// The slope of calibration: 1 is right, less is too extreme. None where risks tell outcomes apart without fail.
    pub slope: Option<f64>,
    /// Discrimination of the points that are in use, for the same people.
    pub yardstick: Option<f64>,
}

impl Score {
    /// Scores risks for people with these outcomes and points.
    pub(super) fn of(outcomes: &[f64], risks: &[f64], points: Option<&[f64]>) -> Result<Self, StudyError> {
        let judged = judge(outcomes, risks)?;
        let yardstick = points.map(|points| auroc(outcomes, &as_risks(points))).transpose()?;
        Ok(Self {
            people: judged.rows,
            events: judged.events,
            auroc: judged.auroc,
            brier: judged.brier,
            brier_of_share: brier_of_share(judged.events, judged.rows),
            log_loss: judged.log_loss,
            slope: judged.calibration.map(|found| found.slope),
            yardstick: yardstick.map(|found| found.value),
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn brier_of_share(events: usize, people: usize) -> f64 {
    let share = events as f64 / people.max(1) as f64;
    share * (1.0 - share)
}

/// Points in the same order from 0 to 1: discrimination asks for the order only. Who has none has the fewest.
fn as_risks(points: &[f64]) -> Vec<f64> {
    let known = points.iter().copied().filter(|one| one.is_finite());
    let (low, high) =
        known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| (low.min(one), high.max(one)));
    let risk = |one: &f64| if high > low && one.is_finite() { (one - low) / (high - low) } else { 0.0 };
    points.iter().map(risk).collect()
}

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn points_are_a_yardstick_by_their_order_alone() {
        let outcomes = [1.0, 0.0, 1.0, 0.0, 0.0];
        let risks = [0.9, 0.2, 0.4, 0.5, 0.1];
        let score = Score::of(&outcomes, &risks, Some(&[12.0, -3.0, 12.0, 4.0, f64::NAN])).unwrap();
        assert_eq!((score.people, score.events), (5, 2));
        // Of the six pairs one is the wrong way round: 0.4 beside 0.5.
        assert!((score.auroc.value - 5.0 / 6.0).abs() < 1e-12);
        assert_eq!(score.yardstick, Some(1.0));
        assert!((score.brier_of_share - 0.24).abs() < 1e-12);
        let none = Score::of(&outcomes, &risks, Some(&[7.0; 5])).unwrap();
        assert_eq!(none.yardstick, Some(0.5), "the same points for all tell nothing");
        assert!(Score::of(&[0.0; 5], &risks, None).is_err(), "nobody had the outcome");
        assert!(Score::of(&outcomes, &[1.2; 5], None).is_err(), "no risk");
    }
}
