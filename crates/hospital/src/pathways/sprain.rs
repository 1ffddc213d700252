//! The twisted ankle.

use super::{Pathway, Start};
use crate::calendar::{DAY_US, MINUTE_US};
use crate::codes::{diagnosis, drug, note};
use crate::population::{Chart, Person, Signs, Visit};

pub(super) const PATHWAY: Pathway = Pathway { name: "sprain", start: Start::Yearly { rate, days: 60 }, play };

fn rate(_: &Person, age: i32) -> f64 {
    match age {
        ..6 => 0.005,
        6..35 => 0.045,
        _ => 0.02,
    }
}

fn play(chart: &mut Chart<'_>, at_us: i64) {
    let reason = &diagnosis::ANKLE_SPRAIN;
    let stay = chart.visit(&Visit::emergency(reason, at_us, 3));
    let id = chart.diagnosis(&stay, reason, Some(at_us + 42 * DAY_US));
    chart.vitals(&stay, at_us + 12 * MINUTE_US, Signs { pulse: 6.0, ..Signs::default() });
    chart.course(
        &stay,
        &drug::IBUPROFEN,
        "Take two tablets by mouth every six hours with food as needed.",
        id,
    );
    let text = "Rolled the right ankle. Swollen on the outside, able to bear weight, no bony \
                tenderness. Brace, ice, and back to walking as pain allows.";
    chart.note(&stay, &note::PROGRESS, stay.end_us, text);
}
