//! Coughs and colds.

use super::pathway::office_hours;
use super::{Pathway, Start};
use crate::calendar::{DAY_US, MINUTE_US};
use crate::codes::{diagnosis, drug, visit};
use crate::population::{Chart, Person, Signs, Unit, Visit};

pub(super) const PATHWAY: Pathway = Pathway { name: "cold", start: Start::Yearly { rate, days: 14 }, play };

fn rate(_: &Person, age: i32) -> f64 {
    match age {
        ..6 => 0.7,
        6..18 => 0.4,
        _ => 0.22,
    }
}

fn play(chart: &mut Chart<'_>, at_us: i64) {
    let quarter = chart.stream.between(0, 35);
    let at_us = office_hours(at_us, quarter);
    let child = chart.person.age_at(at_us) < 18;
    let unit = if child { Unit::ChildrensClinic } else { Unit::PrimaryCare };
    let reason = &diagnosis::UPPER_RESPIRATORY;
    let stay = chart.visit(&Visit::clinic(unit, &visit::SICK_VISIT, reason, at_us));
    let days = chart.stream.between(4, 12);
    let id = chart.diagnosis(&stay, reason, Some(at_us + days * DAY_US));
    let fever = chart.stream.unit() * 1.6;
    chart.quick_check(&stay, at_us + 5 * MINUTE_US, Signs { fever, pulse: 8.0, ..Signs::default() });
    if child && chart.stream.chance(0.3) {
        chart.course(&stay, &drug::AMOXICILLIN, "Take one capsule by mouth twice a day for ten days.", id);
    } else if chart.stream.chance(0.5) {
        chart.course(&stay, &drug::ACETAMINOPHEN, "Take two tablets by mouth every six hours as needed.", id);
    }
}
