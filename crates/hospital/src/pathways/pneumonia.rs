//! Pneumonia that needs a bed.

use super::{Pathway, Start};
use crate::calendar::{DAY_US, HOUR_US};
use crate::codes::{diagnosis, drug, note, test};
use crate::population::{Chart, Person, Signs, Specialty, Unit, Visit, labs, panels};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "pneumonia", start: Start::Yearly { rate, days: 60 }, play };

fn rate(person: &Person, age: i32) -> f64 {
    let frail = if person.health.copd.is_some() { 2.0 } else { 1.0 };
    match age {
        ..5 => 0.004,
        5..50 => 0.0015,
        50..65 => 0.004 * frail,
        _ => 0.014 * frail,
    }
}

fn play(chart: &mut Chart<'_>, at_us: i64) {
    let days = chart.stream.long_tail(4.8).clamp(1.5, 18.0);
    let reason = &diagnosis::PNEUMONIA;
    let (unit, specialty) = match chart.person.age_at(at_us) {
        ..18 => (Unit::Pediatrics, Specialty::Pediatrics),
        _ => (Unit::East4, Specialty::HospitalMedicine),
    };
    let stay = chart.visit(&Visit::stay(unit, specialty, reason, at_us, days));
    let id = chart.diagnosis(&stay, reason, Some(stay.end_us + 14 * DAY_US));
    chart.chest_film(&stay, at_us + HOUR_US, "Consolidation of the right lower lobe.");
    chart.panel(&stay, at_us + HOUR_US, &panels::BLOOD_COUNT, &[(&labs::LEUKOCYTES, 15.5)]);
    chart.lab(&stay, at_us + HOUR_US, &labs::PROCALCITONIN, Some(1.1));
    chart.finding(&stay, at_us + HOUR_US, &test::BLOOD_CULTURE, "No growth after five days", false);
    chart.ward_vitals(&stay, Signs { fever: 1.8, pulse: 22.0, breaths: 8.0, oxygen: 6.0, pressure: -6.0 });
    chart.course(
        &stay,
        &drug::AZITHROMYCIN,
        "Give 500 mg on the first day, then 250 mg a day for four days.",
        id,
    );
    let text = "Admitted with cough, fever and low oxygen. Antibiotics begun in the first hours, \
                breathing room air since the day before discharge. Repeat film in six weeks.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, stay.end_us, text);
}
