//! The childhood schedule, and what adults get at set ages.

use super::pathway::office_hours;
use super::{Pathway, Start};
use crate::calendar::{DAY_US, YEAR_US};
use crate::codes::{Code, diagnosis, vaccine, visit};
use crate::population::{Chart, Unit, Visit};

/// Age in months, coverage, vaccines given at that visit (after the CDC schedules).
const SCHEDULE: &[(i64, f64, &[Code])] = &[
    (2, 0.95, &[vaccine::DTAP, vaccine::POLIO, vaccine::HIB, vaccine::ROTAVIRUS, vaccine::HEPATITIS_B_CHILD]),
    (4, 0.93, &[vaccine::DTAP, vaccine::POLIO, vaccine::HIB, vaccine::ROTAVIRUS, vaccine::PNEUMOCOCCAL]),
    (6, 0.92, &[vaccine::DTAP, vaccine::HEPATITIS_B_CHILD, vaccine::PNEUMOCOCCAL]),
    (12, 0.92, &[vaccine::MMR, vaccine::VARICELLA, vaccine::HEPATITIS_A_CHILD, vaccine::PNEUMOCOCCAL]),
    (18, 0.88, &[vaccine::DTAP, vaccine::HEPATITIS_A_CHILD]),
    (52, 0.90, &[vaccine::DTAP, vaccine::POLIO, vaccine::MMR, vaccine::VARICELLA]),
    (135, 0.85, &[vaccine::TDAP, vaccine::MENINGOCOCCAL, vaccine::HPV]),
    (141, 0.70, &[vaccine::HPV]),
    (193, 0.60, &[vaccine::MENINGOCOCCAL]),
    (365, 0.45, &[vaccine::TDAP]),
    (485, 0.45, &[vaccine::TDAP]),
    (605, 0.40, &[vaccine::ZOSTER]),
    (609, 0.35, &[vaccine::ZOSTER]),
    (725, 0.45, &[vaccine::TDAP]),
    (783, 0.65, &[vaccine::PNEUMOCOCCAL]),
];

pub(super) const PATHWAY: Pathway = Pathway { name: "vaccines", start: Start::Always, play };

fn play(chart: &mut Chart<'_>, since_us: i64) {
    for (number, (months, coverage, vaccines)) in SCHEDULE.iter().enumerate() {
        chart.occasion(number as u64);
        let late_days = chart.stream.between(0, 30);
        let due_us = chart.person.born_us() + months * YEAR_US / 12 + late_days * DAY_US;
        let at_us = office_hours(due_us, late_days);
        if chart.stream.chance(*coverage) && at_us > since_us && at_us < chart.until_us() {
            give(chart, *months < 216, at_us, vaccines);
        }
    }
    play_covid(chart, since_us);
}

fn play_covid(chart: &mut Chart<'_>, since_us: i64) {
    chart.occasion(SCHEDULE.len() as u64);
    let at_us = chart.as_of_us() - chart.stream.between(30, 1200) * DAY_US;
    let grown = chart.person.age_at(at_us) >= 12;
    if chart.stream.chance(0.4) && grown && at_us > since_us && at_us < chart.until_us() {
        give(chart, false, office_hours(at_us, 8), &[vaccine::COVID]);
    }
}

fn give(chart: &mut Chart<'_>, child: bool, at_us: i64, vaccines: &'static [Code]) {
    let (unit, reason) = if child {
        (Unit::ChildrensClinic, &diagnosis::CHILD_EXAM)
    } else {
        (Unit::PrimaryCare, &diagnosis::ADULT_EXAM)
    };
    let stay = chart.visit(&Visit::clinic(unit, &visit::WELLNESS, reason, at_us));
    for vaccine in vaccines {
        chart.vaccinate(&stay, vaccine);
    }
}
