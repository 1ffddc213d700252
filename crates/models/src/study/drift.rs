use serde::{Deserialize, Serialize};

use crate::problem::ModelError;
use crate::table::Table;

/// Ranges into which the values of training are cut, besides one for missing values.
const RANGES: usize = 10;
/// The least share a range is taken to have, so that an empty one counts much and not infinitely.
const SHARE_MIN: f64 = 1e-4;

/// From here on a population stability index is taken to say that something has moved (Siddiqi, Credit Risk Scorecards,
/// 2006: a rule of thumb, not a test).
pub const PSI_MOVED: f64 = 0.1;
/// From here on it is taken to say that the people are others.
pub const PSI_CHANGED: f64 = 0.25;

/// How the values of a feature lay in training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// The feature.
    pub feature: String,
    /// Where ranges end; a value at an end belongs to the range before it.
    pub ends: Vec<f64>,
    /// The share of each range, and last that of missing values.
    pub shares: Vec<f64>,
    /// The least and the greatest value.
    pub span: Option<(f64, f64)>,
}

/// How far a feature has moved since training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// The feature.
    pub feature: String,
    /// The population stability index; 0 where nothing has moved.
    pub psi: f64,
    /// The share of values that is missing now.
    pub missing: f64,
    /// How much that is above training.
    pub missing_more: f64,
}

impl Baseline {
    /// How each column of a table lies.
    #[must_use]
    pub fn of(table: &Table) -> Vec<Self> {
        table
            .names()
            .iter()
            .zip(table.columns())
            .map(|(name, column)| Self::of_column(name, column))
            .collect()
    }

    fn of_column(name: &str, column: &[f64]) -> Self {
        let mut known: Vec<f64> = column.iter().copied().filter(|value| !value.is_nan()).collect();
        known.sort_unstable_by(f64::total_cmp);
        let mut ends: Vec<f64> = Vec::new();
        if let Some(last) = known.last() {
            ends = (1..RANGES).map(|at| known[(at * known.len() / RANGES).min(known.len() - 1)]).collect();
            ends.dedup();
            ends.retain(|end| end < last);
        }
        let span = known.first().copied().zip(known.last().copied());
        let shares = shares(column, &ends);
        Self { feature: name.to_owned(), ends, shares, span }
    }
}

/// How far each feature of a table has moved from where it lay.
///
/// # Errors
/// When the table lacks a feature, or has no rows.
pub fn drift(baseline: &[Baseline], table: &Table) -> Result<Vec<Drift>, ModelError> {
    if table.rows() == 0 {
        return Err(ModelError::Shape("there are no rows to compare".to_owned()));
    }
    let of = |base: &Baseline| {
        let at = table.names().iter().position(|name| *name == base.feature);
        let at = at.ok_or_else(|| ModelError::Shape(format!("there is no column '{}'", base.feature)))?;
        let now = shares(&table.columns()[at], &base.ends);
        let part = |(then, now): (&f64, &f64)| {
            let (then, now) = (then.max(SHARE_MIN), now.max(SHARE_MIN));
            (now - then) * (now / then).ln()
        };
        let missing = now.last().copied().unwrap_or_default();
        Ok(Drift {
            feature: base.feature.clone(),
            psi: base.shares.iter().zip(&now).map(part).sum(),
            missing,
            missing_more: missing - base.shares.last().copied().unwrap_or_default(),
        })
    };
    baseline.iter().map(of).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
fn shares(column: &[f64], ends: &[f64]) -> Vec<f64> {
    let mut counts = vec![0_usize; ends.len() + 2];
    for value in column {
        let range = if value.is_nan() { ends.len() + 1 } else { ends.partition_point(|end| end < value) };
        counts[range] += 1;
    }
    let all = column.len().max(1) as f64;
    counts.into_iter().map(|count| count as f64 / all).collect()
}
