//! Checks of kind `security`.

use super::fields::Fields;
use crate::lab::{Meter, MeterTest};

/// Reads the meter and its bound.
pub(super) fn meter(fields: &Fields<'_>) -> Option<MeterTest> {
    let words = Meter::ALL.map(Meter::word).join(", ");
    let parse = |word: &str| Meter::ALL.into_iter().find(|meter| meter.word() == word);
    let meter = fields.need("meter").and_then(|_| fields.parsed("meter", &format!("one of: {words}"), parse));
    let shape = "a bound such as `>= 0.8`, `<= 12` or `= 0`";
    let bounds = fields.need("reads").and_then(|_| fields.parsed("reads", shape, MeterTest::bounds));
    let ((least, most), meter) = (bounds?, meter?);
    Some(MeterTest { meter, least, most })
}
