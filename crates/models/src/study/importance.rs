use serde::{Deserialize, Serialize};

use super::split::mixed;
use crate::metrics::auroc;
use crate::problem::ModelError;
use crate::table::Table;

/// How much a model leans on a feature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Importance {
    /// The feature.
    pub feature: String,
    /// What the AUROC loses when the feature's values are dealt to other people; about 0 where the model does not need it.
    pub loss: f64,
}

/// What each feature is worth to a model that gives `risks` for a table, most first.
///
/// It is permuted (Breiman 2001, Random Forests, section 10), and nothing but risks is asked of a model, so that models of any
/// kind are told of alike.
///
/// # Errors
/// [`ModelError`] when the model fails, or its risks cannot be judged.
pub fn importance(
    table: &Table,
    outcomes: &[f64],
    seed: u64,
    risks: &mut dyn FnMut(&Table) -> Result<Vec<f64>, ModelError>,
) -> Result<Vec<Importance>, ModelError> {
    let whole = auroc(outcomes, &risks(table)?)?.value;
    let mut found = Vec::with_capacity(table.names().len());
    for (at, name) in table.names().iter().enumerate() {
        let dealt = table.with_column(at, dealt(&table.columns()[at], seed.wrapping_add(at as u64)));
        let loss = whole - auroc(outcomes, &risks(&dealt)?)?.value;
        found.push(Importance { feature: name.clone(), loss });
    }
    found.sort_by(|a, b| b.loss.total_cmp(&a.loss).then_with(|| a.feature.cmp(&b.feature)));
    Ok(found)
}

/// The values in another order, the same for the same seed (Fisher and Yates).
#[expect(clippy::cast_possible_truncation, reason = "the remainder is below the length")]
fn dealt(values: &[f64], seed: u64) -> Vec<f64> {
    let mut values = values.to_vec();
    for at in (1..values.len()).rev() {
        let other = mixed(seed ^ (at as u64).wrapping_mul(0x2545_f491_4f6c_dd1d)) % (at as u64 + 1);
        values.swap(at, other as usize);
    }
    values
}
