use super::descent::least;
use super::loss::Design;
use super::model::{Feature, Logistic};
use crate::problem::ModelError;
use crate::table::{Table, check_outcomes};

/// How strongly weights are kept small.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Penalty {
    /// Not at all.
    None,
    /// Squared weights against the data, which counts this much: scikit-learn's `C`.
    L2 {
        /// Weight of the data.
        strength: f64,
    },
}

/// Fits a model.
///
/// Missing values become the column's median, and a column that has any brings a second one that says so; then
/// each column is brought to mean 0 and variance 1, which the penalty presupposes.
///
/// # Errors
/// [`ModelError`] for a table that cannot be learnt from, and where the fit does not settle.
pub fn fit(table: &Table, outcomes: &[f64], penalty: Penalty) -> Result<Logistic, ModelError> {
    check_outcomes(outcomes, table.rows())?;
    let strength = match penalty {
        Penalty::None => f64::INFINITY,
        Penalty::L2 { strength } if strength > 0.0 && strength.is_finite() => strength,
        Penalty::L2 { strength } => {
            return Err(ModelError::Setting {
                setting: "strength",
                value: strength.to_string(),
                range: "a number above 0",
            });
        }
    };
    let named = table.names().iter().zip(table.columns());
    let mut features: Vec<Feature> = named.map(|(name, column)| Feature::of(name, column)).collect();
    let width = features.iter().map(Feature::width).sum::<usize>() + 1;
    let mut values = vec![1.0; table.rows() * width];
    for (row, line) in values.chunks_exact_mut(width).enumerate() {
        let mut at = 0;
        for (feature, column) in features.iter().zip(table.columns()) {
            at += feature.place(column[row], &mut line[at..]);
        }
    }
    let weights = least(&Design { values: &values, outcomes, width, strength })?;
    let mut at = 0;
    for feature in &mut features {
        at += feature.weigh(&weights[at..]);
    }
    Ok(Logistic { intercept: weights[width - 1], features })
}

/// Weights and, last, the intercept for columns as they are: neither imputed nor scaled nor penalised.
pub(crate) fn fit_plain(columns: &[&[f64]], outcomes: &[f64]) -> Result<Vec<f64>, ModelError> {
    let width = columns.len() + 1;
    let mut values = vec![1.0; outcomes.len() * width];
    for (row, line) in values.chunks_exact_mut(width).enumerate() {
        for (at, column) in columns.iter().enumerate() {
            line[at] = column[row];
        }
    }
    least(&Design { values: &values, outcomes, width, strength: f64::INFINITY })
}
