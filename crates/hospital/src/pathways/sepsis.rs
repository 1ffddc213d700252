//! Sepsis: the first hours in intensive care, lactate measured again.

use super::{Pathway, Start};
use crate::calendar::{HOUR_US, MINUTE_US};
use crate::codes::{diagnosis, drug, note, test};
use crate::population::{Chart, Person, Signs, Specialty, Unit, Visit, labs, panels};
use crate::writer::Disposition;

pub(super) const PATHWAY: Pathway = Pathway { name: "sepsis", start: Start::Yearly { rate, days: 60 }, play };

fn rate(person: &Person, age: i32) -> f64 {
    let frail = if person.health.diabetes.is_some() { 1.6 } else { 1.0 };
    match age {
        ..18 => 0.0003,
        18..65 => 0.0012 * frail,
        _ => 0.008 * frail,
    }
}

fn play(chart: &mut Chart<'_>, at_us: i64) {
    let days = chart.stream.long_tail(8.5).clamp(3.0, 30.0);
    let reason = &diagnosis::SEPSIS;
    let way_out = if chart.stream.chance(0.3) { Disposition::SkilledNursing } else { Disposition::Home };
    let visit = Visit::stay(Unit::IntensiveCare, Specialty::CriticalCare, reason, at_us, days).to(way_out);
    let stay = chart.visit(&visit);
    let id = chart.diagnosis(&stay, reason, Some(stay.end_us));
    chart.lab(&stay, at_us + 20 * MINUTE_US, &labs::LACTATE, Some(4.2));
    chart.lab(&stay, at_us + 3 * HOUR_US, &labs::LACTATE, Some(2.4));
    chart.lab(&stay, at_us + 9 * HOUR_US, &labs::LACTATE, Some(1.5));
    let means = [(&labs::CREATININE, 1.9), (&labs::UREA_NITROGEN, 34.0)];
    chart.panel(&stay, at_us + 30 * MINUTE_US, &panels::BASIC_METABOLIC, &means);
    chart.panel(&stay, at_us + 30 * MINUTE_US, &panels::BLOOD_COUNT, &[(&labs::LEUKOCYTES, 19.0)]);
    let grown = chart.stream.chance(0.35);
    let culture = if grown { "Escherichia coli in two of two sets" } else { "No growth after five days" };
    chart.finding(&stay, at_us + 25 * MINUTE_US, &test::BLOOD_CULTURE, culture, grown);
    chart.ward_vitals(&stay, Signs { fever: 2.0, pulse: 38.0, breaths: 11.0, oxygen: 5.0, pressure: -32.0 });
    chart.course(&stay, &drug::PIPERACILLIN, "Give 4.5 g by vein every six hours.", id);
    let text = "Septic on arrival, fluids and antibiotics within the hour, lactate cleared overnight. \
                Moved to the ward, then strong enough to leave.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, stay.end_us, text);
}
