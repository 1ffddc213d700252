use serde::{Deserialize, Serialize};

use super::{Department, Report, Staffing, Window, run};
use crate::FlowError;

/// The most replications of one question.
const REPLICATIONS_MAX: u32 = 200;

/// Two-sided 95 % quantiles of Student's distribution, by degrees of freedom from 1; beyond them, the normal one is near enough.
const STUDENT: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/// A mean over replications with its 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// The interval's lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Estimate {
    /// Of one number from each replication; nothing of none. A single one has no interval but itself.
    #[must_use]
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let count = numbers.len();
        let mean = numbers.iter().sum::<f64>() / count as f64;
        let freedom = match count {
            0 => return None,
            1 => return Some(Self { mean, low: mean, high: mean }),
            _ => count - 1,
        };
        let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
        let error = (squares / freedom as f64 / count as f64).sqrt();
        let half = error * STUDENT.get(freedom - 1).copied().unwrap_or(1.96);
        Some(Self { mean, low: mean - half, high: mean + half })
    }
}

/// The same question asked under several seeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Replications {
    /// The report of each.
    pub reports: Vec<Report>,
}

impl Replications {
    /// Estimates one figure; replications in which there is none are left out.
    pub fn estimate(&self, figure: impl Fn(&Report) -> Option<f64>) -> Option<Estimate> {
        Estimate::of(&self.reports.iter().filter_map(figure).collect::<Vec<_>>())
    }

    /// Estimates how much larger a figure is here than in another play of the same seeds. Since both met the same patients, the
    /// interval of the difference is narrower than the two apart would let one believe.
    pub fn beside(&self, other: &Self, figure: impl Fn(&Report) -> Option<f64>) -> Option<Estimate> {
        let pairs = self.reports.iter().zip(&other.reports);
        Estimate::of(
            &pairs.filter_map(|(here, there)| Some(figure(here)? - figure(there)?)).collect::<Vec<_>>(),
        )
    }
}

/// Plays a department several times, each with a seed of its own drawn from one.
///
/// # Errors
/// As [`run`]; or when there are none or too many.
pub fn replicate(
    department: &Department,
    staffing: &Staffing,
    window: Window,
    seed: u64,
    count: u32,
) -> Result<Replications, FlowError> {
    if !(1..=REPLICATIONS_MAX).contains(&count) {
        return Err(FlowError::Input(format!("ask for 1 to {REPLICATIONS_MAX} replications")));
    }
    // Odd steps through all seeds: no two replications share one.
    let seed_of = |at: u32| seed.wrapping_add(u64::from(at).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let reports = (0..count).map(|at| run(department, staffing, window, seed_of(at)));
    Ok(Replications { reports: reports.collect::<Result<_, _>>()? })
}
