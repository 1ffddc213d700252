use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::check::check;
use super::{Auroc, auroc};
use crate::problem::ModelError;

/// How a model does for some of the people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subgroup {
    /// Who they are.
    pub name: String,
    /// How many.
    pub rows: usize,
    /// How many of them had the outcome.
    pub events: usize,
    /// Discrimination among them; none where all have the same outcome.
    pub auroc: Option<Auroc>,
    /// Their mean risk.
    pub predicted: f64,
    /// The share with the outcome.
    pub observed: f64,
    /// Of those with the outcome the share that is missed at the threshold; none where nobody has it.
    pub missed: Option<f64>,
    /// Of those without it the share that is acted on for nothing; none where everybody has it.
    pub needless: Option<f64>,
}

/// Judges risks apart for each group, in the order of their names.
///
/// # Errors
/// [`ModelError`] for risks that cannot be judged, or where groups are not named for every row.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
pub fn subgroups(
    outcomes: &[f64],
    risks: &[f64],
    groups: &[String],
    threshold: f64,
) -> Result<Vec<Subgroup>, ModelError> {
    check(outcomes, risks)?;
    if groups.len() != risks.len() {
        let what = format!("{} groups are named for {} rows", groups.len(), risks.len());
        return Err(ModelError::Shape(what));
    }
    let mut parts: BTreeMap<&str, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for ((group, outcome), risk) in groups.iter().zip(outcomes).zip(risks) {
        let (own_outcomes, own_risks) = parts.entry(group).or_default();
        own_outcomes.push(*outcome);
        own_risks.push(*risk);
    }
    let of = |(name, (outcomes, risks)): (&str, (Vec<f64>, Vec<f64>))| {
        let rows = risks.len();
        let events = outcomes.iter().filter(|outcome| **outcome == 1.0).count();
        let count = |wanted: f64, acted: bool| {
            let both = outcomes.iter().zip(&risks);
            both.filter(|(outcome, risk)| **outcome == wanted && (**risk >= threshold) == acted).count()
                as f64
        };
        Subgroup {
            name: name.to_owned(),
            rows,
            events,
            auroc: auroc(&outcomes, &risks).ok(),
            predicted: risks.iter().sum::<f64>() / rows as f64,
            observed: events as f64 / rows as f64,
            missed: (events > 0).then(|| count(1.0, false) / events as f64),
            needless: (events < rows).then(|| count(0.0, true) / (rows - events) as f64),
        }
    };
    Ok(parts.into_iter().map(of).collect())
}
