use crate::problem::ModelError;
use crate::table::check_outcomes;

/// Holds risks and outcomes to what can be judged.
pub(super) fn check(outcomes: &[f64], risks: &[f64]) -> Result<(), ModelError> {
    check_outcomes(outcomes, risks.len())?;
    match risks.iter().position(|risk| !(0.0..=1.0).contains(risk)) {
        None => Ok(()),
        Some(row) => {
            let what = format!("the risk of row {} is {}; a risk is from 0 to 1", row + 1, risks[row]);
            Err(ModelError::Value(what))
        }
    }
}
