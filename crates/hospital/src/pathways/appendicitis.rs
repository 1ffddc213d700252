//! The appendix, out by keyhole.

use super::{Pathway, Start};
use crate::calendar::{HOUR_US, MINUTE_US};
use crate::codes::{diagnosis, drug, note, procedure};
use crate::population::{Chart, Person, Signs, Specialty, Unit, Visit, labs, panels};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "appendicitis", start: Start::Once { rate, days: 20 }, play };

fn rate(_: &Person, age: i32) -> f64 {
    match age {
        5..10 => 0.0010,
        10..30 => 0.0020,
        30..60 => 0.0009,
        _ => 0.0002,
    }
}

fn play(chart: &mut Chart<'_>, at_us: i64) {
    let days = chart.stream.long_tail(1.9).clamp(0.9, 6.0);
    let reason = &diagnosis::APPENDICITIS;
    let stay = chart.visit(&Visit::stay(Unit::West5, Specialty::Surgery, reason, at_us, days));
    let id = chart.diagnosis(&stay, reason, Some(stay.end_us));
    chart.panel(&stay, at_us + 30 * MINUTE_US, &panels::BLOOD_COUNT, &[(&labs::LEUKOCYTES, 14.5)]);
    let theatre_us = at_us + chart.stream.between(5, 11) * HOUR_US;
    chart.procedure(&stay, &procedure::APPENDECTOMY, theatre_us, theatre_us + 50 * MINUTE_US);
    chart.ward_vitals(&stay, Signs { fever: 1.0, pulse: 16.0, ..Signs::default() });
    chart.course(&stay, &drug::ACETAMINOPHEN, "Give two tablets by mouth every six hours.", id);
    let text = "Pain moved to the right lower belly overnight. Inflamed appendix removed by keyhole, \
                not perforated. Eating and walking, home with simple pain relief.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, stay.end_us, text);
}
