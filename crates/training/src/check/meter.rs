//! Checks on the meters of an incident.

use super::judge::Finding;
use crate::facts::Observed;
use crate::lab::MeterTest;

/// Compares a reading with its bounds. A meter that cannot be read yet passes nothing.
pub(super) fn judge(test: &MeterTest, observed: &[Observed]) -> Result<Finding, String> {
    let Some(Observed::Metered { reading, said }) = observed.first() else {
        return Err("the meter was not read".to_owned());
    };
    Ok(Finding {
        passed: test.bounds.hold(*reading),
        observed: said.clone(),
        location: None,
        detail: format!("{} read {reading:?}, allowed {}", test.meter.word(), test.bounds),
    })
}
