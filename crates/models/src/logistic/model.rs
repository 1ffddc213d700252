use serde::{Deserialize, Serialize};

use super::loss::sigmoid;

/// A logistic model that was fitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Logistic {
    /// The margin of somebody average in everything.
    #[serde(deserialize_with = "crate::exact::number")]
    pub intercept: f64,
    /// What each column contributes.
    pub features: Vec<Feature>,
}

/// A column as the model sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// The column's name.
    pub name: String,
    /// What a missing value counts as: the median.
    #[serde(deserialize_with = "crate::exact::number")]
    pub median: f64,
    /// The mean, missing values filled.
    #[serde(deserialize_with = "crate::exact::number")]
    pub mean: f64,
    /// The standard deviation, or 1 where all values are the same.
    #[serde(deserialize_with = "crate::exact::number")]
    pub deviation: f64,
    /// Change of the margin for each standard deviation.
    #[serde(deserialize_with = "crate::exact::number")]
    pub weight: f64,
    /// Of a column with missing values: their share, its deviation, and what missing changes.
    pub missing: Option<Missing>,
}

/// The column that says that another has no value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// How often the value is missing.
    #[serde(deserialize_with = "crate::exact::number")]
    pub mean: f64,
    /// The standard deviation of that.
    #[serde(deserialize_with = "crate::exact::number")]
    pub deviation: f64,
    /// Change of the margin for each standard deviation.
    #[serde(deserialize_with = "crate::exact::number")]
    pub weight: f64,
}

impl Logistic {
    /// The risk for a row, in the order of the features.
    #[must_use]
    pub fn risk(&self, row: &[f64]) -> f64 {
        sigmoid(self.intercept + self.contributions(row).iter().sum::<f64>())
    }

    /// What each feature adds to the margin of somebody average. Their sum and the intercept are the margin.
    #[must_use]
    pub fn contributions(&self, row: &[f64]) -> Vec<f64> {
        self.features.iter().zip(row).map(|(feature, value)| feature.contribution(*value)).collect()
    }
}

impl Feature {
    #[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
    pub(super) fn of(name: &str, column: &[f64]) -> Self {
        let mut known: Vec<f64> = column.iter().copied().filter(|value| !value.is_nan()).collect();
        known.sort_unstable_by(f64::total_cmp);
        let median = match known.len() {
            0 => 0.0,
            odd if odd % 2 == 1 => known[odd / 2],
            even => f64::midpoint(known[even / 2 - 1], known[even / 2]),
        };
        let rows = column.len() as f64;
        let filled = column.iter().map(|value| if value.is_nan() { median } else { *value });
        let (mean, deviation) = spread(filled, rows);
        let gone = (column.len() - known.len()) as f64;
        let missing = (gone > 0.0).then(|| {
            let (mean, deviation) = spread(column.iter().map(|value| f64::from(value.is_nan())), rows);
            Missing { mean, deviation, weight: 0.0 }
        });
        Self { name: name.to_owned(), median, mean, deviation, weight: 0.0, missing }
    }

    /// How many numbers it stands for.
    pub(super) fn width(&self) -> usize {
        1 + usize::from(self.missing.is_some())
    }

    /// Writes the numbers of a value to the beginning of `to`.
    pub(super) fn place(&self, value: f64, to: &mut [f64]) -> usize {
        to[0] = self.scaled(value);
        if let Some(missing) = self.missing {
            to[1] = missing.scaled(value);
        }
        self.width()
    }

    /// Takes its weights from the beginning of those given.
    pub(super) fn weigh(&mut self, weights: &[f64]) -> usize {
        self.weight = weights[0];
        if let Some(missing) = &mut self.missing {
            missing.weight = weights[1];
        }
        self.width()
    }

    fn scaled(&self, value: f64) -> f64 {
        let value = if value.is_nan() { self.median } else { value };
        (value - self.mean) / self.deviation
    }

    fn contribution(&self, value: f64) -> f64 {
        let missing = self.missing.map_or(0.0, |missing| missing.weight * missing.scaled(value));
        self.weight * self.scaled(value) + missing
    }
}

impl Missing {
    fn scaled(&self, value: f64) -> f64 {
        (f64::from(value.is_nan()) - self.mean) / self.deviation
    }
}

/// Mean and standard deviation, the latter 1 where there is none.
fn spread(values: impl Iterator<Item = f64> + Clone, rows: f64) -> (f64, f64) {
    let mean = values.clone().sum::<f64>() / rows;
    let variance = values.map(|value| (value - mean).powi(2)).sum::<f64>() / rows;
    let deviation = variance.sqrt();
    (mean, if deviation > 1e-12 * mean.abs().max(1e-300) { deviation } else { 1.0 })
}
