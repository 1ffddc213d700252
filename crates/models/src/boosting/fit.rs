use super::bins::Binned;
use super::grow::grow;
use super::histogram::Slope;
use super::settings::Settings;
use super::tree::Boosted;
use crate::logistic::sigmoid;
use crate::problem::ModelError;
use crate::table::{Table, check_outcomes};

/// Fits a model. Missing values are a value of their own.
///
/// # Errors
/// [`ModelError`] for a table that cannot be learnt from, and settings out of range.
pub fn fit(table: &Table, outcomes: &[f64], settings: &Settings) -> Result<Boosted, ModelError> {
    settings.check()?;
    check_outcomes(outcomes, table.rows())?;
    let rows = u32::try_from(table.rows());
    let rows = rows.map_err(|_| ModelError::Shape("the table has more than 4 billion rows".to_owned()))?;
    let binned = Binned::of(table);
    let share = outcomes.iter().sum::<f64>() / f64::from(rows);
    let base = (share / (1.0 - share)).ln();
    let mut margins = vec![base; table.rows()];
    let mut slopes = vec![Slope::default(); table.rows()];
    let mut order: Vec<u32> = Vec::with_capacity(table.rows());
    let mut trees = Vec::with_capacity(settings.trees);
    for _ in 0..settings.trees {
        for ((slope, margin), outcome) in slopes.iter_mut().zip(&margins).zip(outcomes) {
            let risk = sigmoid(*margin);
            *slope = Slope { first: risk - outcome, second: (risk * (1.0 - risk)).max(1e-16) };
        }
        order.clear();
        order.extend(0..rows);
        trees.push(grow(&binned, &slopes, settings, &mut order, &mut margins));
    }
    Ok(Boosted { features: table.names().to_vec(), base, trees })
}
