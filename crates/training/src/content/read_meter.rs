//! Checks of kind `security`.

use super::fields::Fields;
use super::read_bounds::measured;
use crate::lab::{Meter, MeterTest};

/// Reads the meter and its bounds.
pub(super) fn meter(fields: &Fields<'_>) -> Option<MeterTest> {
    let (meter, bounds) = measured(fields, "meter", &Meter::ALL, Meter::word)?;
    Some(MeterTest { meter, bounds })
}
