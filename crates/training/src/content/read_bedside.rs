//! Checks of kind `bedside`.

use super::fields::Fields;
use super::read_bounds::measured;
use crate::lab::{BedsideMeasure, BedsideTest};

/// Reads the model, the measure and its bounds.
pub(super) fn bedside(fields: &Fields<'_>) -> Option<BedsideTest> {
    let read = measured(fields, "measure", &BedsideMeasure::ALL, BedsideMeasure::word);
    let (model, needs) = (fields.need_text("model"), fields.need_text("needs"));
    let (measure, bounds) = read?;
    Some(BedsideTest { model, measure, needs, bounds })
}
