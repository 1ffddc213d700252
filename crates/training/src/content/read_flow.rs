//! Checks of kind `flow`.

use super::fields::Fields;
use super::read_bounds::measured;
use crate::lab::{FlowMeasure, FlowTest};

/// Reads the measure and its bounds.
pub(super) fn flow(fields: &Fields<'_>) -> Option<FlowTest> {
    let (measure, bounds) = measured(fields, "measure", &FlowMeasure::ALL, FlowMeasure::word)?;
    Some(FlowTest { measure, bounds })
}
