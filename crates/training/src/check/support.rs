//! Checks on what rules say about hidden orders.

use super::judge::Finding;
use crate::facts::Observed;
use crate::lab::SupportTest;

/// Judges what was interrupted: every dangerous order has to be, and of the harmless ones no more than the bound.
///
/// The learner is told how many, never which: orders that can be guessed from the verdict would be learnt by heart.
pub(super) fn judge(test: &SupportTest, observed: &[Observed]) -> Result<Finding, String> {
    let Some(Observed::Interrupted(interrupted)) = observed.first() else {
        return Err("the rules were not tried on the orders".to_owned());
    };
    if interrupted.len() != test.orders.len() {
        return Err(format!("{} orders were tried, not {}", interrupted.len(), test.orders.len()));
    }
    let pairs = || test.orders.iter().zip(interrupted);
    let count = |dangerous: bool| {
        let of_kind = pairs().filter(|(order, _)| order.dangerous == dangerous);
        of_kind.fold((0, 0), |(hit, all), (_, hits)| (hit + usize::from(*hits), all + 1))
    };
    let ((caught, dangerous), (disturbed, harmless)) = (count(true), count(false));
    let is_quiet = share(disturbed, harmless) <= test.interrupted_max;
    let wrong = pairs().enumerate().filter(|(_, (order, hit))| order.dangerous != **hit);
    let wrong: Vec<String> = wrong.map(|(at, _)| at.to_string()).collect();
    let allowed = format!("{:.0} percent may be", test.interrupted_max * 100.0);
    Ok(Finding {
        passed: caught == dangerous && is_quiet,
        observed: format!(
            "Tried on orders you have not seen: of {dangerous} dangerous ones, {caught} were interrupted; of {harmless} \
             harmless ones, {disturbed} were, where {allowed}."
        ),
        location: None,
        detail: format!("judged wrongly, counted from 0: {}", wrong.join(", ")),
    })
}

#[allow(clippy::cast_precision_loss, reason = "a check has a few dozen orders")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
