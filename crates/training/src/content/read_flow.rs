//! Checks of kind `flow`.

use super::fields::Fields;
use crate::lab::{FlowMeasure, FlowTest, MeterTest};

/// Reads the measure and its bound.
pub(super) fn flow(fields: &Fields<'_>) -> Option<FlowTest> {
    let words = FlowMeasure::ALL.map(FlowMeasure::word).join(", ");
    let parse = |word: &str| FlowMeasure::ALL.into_iter().find(|measure| measure.word() == word);
    let measure =
        fields.need("measure").and_then(|_| fields.parsed("measure", &format!("one of: {words}"), parse));
    let shape = "a bound such as `<= 0.2` or `= 0`";
    let bounds = fields.need("reads").and_then(|_| fields.parsed("reads", shape, MeterTest::bounds));
    let ((least, most), measure) = (bounds?, measure?);
    Some(FlowTest { measure, least, most })
}
