//! Checks of kind `bedside`.

use super::fields::Fields;
use crate::lab::{BedsideMeasure, BedsideTest, MeterTest};

/// Reads the model, the measure and its bound.
pub(super) fn bedside(fields: &Fields<'_>) -> Option<BedsideTest> {
    let words = BedsideMeasure::ALL.map(BedsideMeasure::word).join(", ");
    let parse = |word: &str| BedsideMeasure::ALL.into_iter().find(|measure| measure.word() == word);
    let measure =
        fields.need("measure").and_then(|_| fields.parsed("measure", &format!("one of: {words}"), parse));
    let shape = "a bound such as `<= 0.2` or `= 0`";
    let bounds = fields.need("reads").and_then(|_| fields.parsed("reads", shape, MeterTest::bounds));
    let (model, needs) = (fields.need_text("model"), fields.need_text("needs"));
    let ((least, most), measure) = (bounds?, measure?);
    Some(BedsideTest { model, measure, needs, least, most })
}
