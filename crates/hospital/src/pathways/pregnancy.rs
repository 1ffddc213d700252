//! Pregnancy, from the first visit to the birth.

use super::pathway::office_hours;
use super::{Pathway, Start};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::codes::{diagnosis, note, procedure, vaccine, visit};
use crate::population::{Chart, Person, Signs, Specialty, Unit, Visit, labs, panels};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "pregnancy", start: Start::Yearly { rate, days: 380 }, play };

/// Weeks of the prenatal visits.
const WEEKS: &[i64] = &[10, 16, 20, 24, 28, 32, 34, 36, 38];

fn rate(person: &Person, age: i32) -> f64 {
    match (person.is_female(), age) {
        (true, 18..25) => 0.055,
        (true, 25..35) => 0.090,
        (true, 35..42) => 0.035,
        _ => 0.0,
    }
}

/// Plays it from conception; the next is at least three months after the birth.
fn play(chart: &mut Chart<'_>, at_us: i64) {
    let born_us = at_us + chart.stream.between(265, 290) * DAY_US + 7 * HOUR_US;
    for week in WEEKS.iter().copied().filter(|week| at_us + week * 7 * DAY_US < born_us) {
        let quarter = chart.stream.between(0, 35);
        let visit_us = office_hours(at_us + (week - 2) * 7 * DAY_US, quarter);
        let reason = &diagnosis::PREGNANCY_SUPERVISION;
        let stay = chart.visit(&Visit::clinic(Unit::WomensClinic, &visit::PRENATAL, reason, visit_us));
        chart.pressure(&stay, visit_us + 5 * MINUTE_US, -4.0);
        if week == 10 || week == 28 {
            chart.panel(&stay, visit_us + 15 * MINUTE_US, &panels::BLOOD_COUNT, &[(&labs::HEMOGLOBIN, 12.2)]);
        }
        if week == 32 {
            chart.vaccinate(&stay, &vaccine::TDAP);
        }
    }
    play_birth(chart, born_us);
}

fn play_birth(chart: &mut Chart<'_>, at_us: i64) {
    let days = chart.stream.long_tail(2.2).clamp(1.2, 5.0);
    let reason = &diagnosis::DELIVERY;
    let stay = chart.visit(&Visit::stay(Unit::Delivery, Specialty::Obstetrics, reason, at_us, days));
    chart.diagnosis(&stay, reason, Some(stay.end_us));
    let labour_us = chart.stream.between(3, 16) * HOUR_US;
    chart.procedure(&stay, &procedure::DELIVERY, at_us + labour_us, at_us + labour_us + 40 * MINUTE_US);
    chart.ward_vitals(&stay, Signs { pulse: 8.0, ..Signs::default() });
    let text = "Normal birth at term, mother and child well. Feeding established, home with a visit \
                from the nurse on the third day.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, stay.end_us, text);
}
