//! The broken hip of old age, repaired the next day.

use super::{Pathway, Start};
use crate::calendar::{DAY_US, HOUR_US};
use crate::codes::{diagnosis, drug, note, procedure};
use crate::population::{Chart, Person, Signs, Specialty, Unit, Visit, labs, panels};
use crate::writer::Disposition;

pub(super) const PATHWAY: Pathway =
    Pathway { name: "hip-fracture", start: Start::Once { rate, days: 120 }, play };

fn rate(person: &Person, age: i32) -> f64 {
    let fragile = if person.is_female() { 1.5 } else { 0.8 };
    match age {
        ..60 => 0.0,
        60..75 => 0.002 * fragile,
        75..85 => 0.009 * fragile,
        _ => 0.02 * fragile,
    }
}

fn play(chart: &mut Chart<'_>, at_us: i64) {
    let days = chart.stream.long_tail(5.6).clamp(3.0, 16.0);
    let reason = &diagnosis::HIP_FRACTURE;
    let visit =
        Visit::stay(Unit::East5, Specialty::Orthopedics, reason, at_us, days).to(Disposition::Rehabilitation);
    let stay = chart.visit(&visit);
    let id = chart.diagnosis(&stay, reason, Some(at_us + 90 * DAY_US));
    chart.panel(&stay, at_us + HOUR_US, &panels::BLOOD_COUNT, &[(&labs::HEMOGLOBIN, 11.8)]);
    let theatre_us = at_us + chart.stream.between(14, 30) * HOUR_US;
    chart.procedure(&stay, &procedure::HIP_REPLACEMENT, theatre_us, theatre_us + 95 * (HOUR_US / 60));
    chart.lab(&stay, theatre_us + DAY_US, &labs::HEMOGLOBIN, Some(9.6));
    chart.ward_vitals(&stay, Signs { pulse: 10.0, oxygen: 1.5, ..Signs::default() });
    chart.course(&stay, &drug::ACETAMINOPHEN, "Give two tablets by mouth every six hours.", id);
    let text = "Fell at home, right hip broken. Half joint replaced the next day, out of bed the day \
                after. To rehabilitation; bone health to be looked at in clinic.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, stay.end_us, text);
}
