//! Yearly check-ups, for all ages.

use super::pathway::office_hours;
use super::{Pathway, Start};
use crate::calendar::MINUTE_US;
use crate::codes::{diagnosis, note, vaccine, visit};
use crate::population::{Chart, Person, Signs, Stay, Unit, Visit, labs, panels};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "wellness", start: Start::Yearly { rate: attends, days: 1 }, play };

/// Small children and the old come nearly every year.
fn attends(_: &Person, age: i32) -> f64 {
    match age {
        ..6 => 0.95,
        6..18 => 0.75,
        18..40 => 0.55,
        40..65 => 0.75,
        _ => 0.9,
    }
}

fn play(chart: &mut Chart<'_>, at_us: i64) {
    let quarter = chart.stream.between(0, 35);
    let at_us = office_hours(at_us, quarter);
    if at_us > chart.until_us() {
        return;
    }
    let adult = chart.person.age_at(at_us) >= 18;
    let (unit, reason) = if adult {
        (Unit::PrimaryCare, &diagnosis::ADULT_EXAM)
    } else {
        (Unit::ChildrensClinic, &diagnosis::CHILD_EXAM)
    };
    let stay = chart.visit(&Visit::clinic(unit, &visit::WELLNESS, reason, at_us));
    chart.vitals(&stay, at_us + 5 * MINUTE_US, Signs::default());
    chart.measures(&stay, at_us + 5 * MINUTE_US);
    if adult {
        play_adult(chart, &stay);
    }
    if chart.stream.chance(0.5) {
        chart.vaccinate(&stay, &vaccine::INFLUENZA);
    }
    if chart.stream.chance(0.3) {
        let text = "Routine check-up. No new complaints. Growth, weight and blood pressure reviewed, \
                    vaccines discussed. Return in one year.";
        chart.note(&stay, &note::PROGRESS, stay.end_us, text);
    }
}

fn play_adult(chart: &mut Chart<'_>, stay: &Stay) {
    let at_us = stay.start_us + 15 * MINUTE_US;
    chart.smoking_status(stay);
    if chart.stream.chance(0.4) {
        let sugar = match chart.began_by(chart.person.health.diabetes, at_us) {
            true => 150.0,
            false => 91.0,
        };
        chart.panel(stay, at_us, &panels::BASIC_METABOLIC, &[(&labs::GLUCOSE, sugar)]);
    }
    if chart.stream.chance(0.4) {
        chart.panel(stay, at_us, &panels::BLOOD_COUNT, &[]);
    }
}
