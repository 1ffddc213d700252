//! Obesity, on the problem list of those whose doctor wrote it down.

use super::{Pathway, Start};
use crate::calendar::{DAY_US, MINUTE_US};
use crate::codes::{diagnosis, note, visit};
use crate::population::{Chart, Unit, Visit};

pub(super) const PATHWAY: Pathway = Pathway { name: "obesity", start: Start::Always, play };

fn play(chart: &mut Chart<'_>, since_us: i64) {
    let health = &chart.person.health;
    let noted = if health.severely_obese { 0.8 } else { 0.35 };
    let days = chart.stream.between(20, 2500);
    let at_us = super::pathway::office_hours(since_us + days * DAY_US, days % 36);
    if !health.obese || !chart.stream.chance(noted) || at_us > chart.until_us() {
        return;
    }
    let unit = match chart.person.age_at(at_us) {
        ..18 => Unit::ChildrensClinic,
        _ => Unit::PrimaryCare,
    };
    let stay = chart.visit(&Visit::clinic(unit, &visit::FOLLOW_UP, &diagnosis::OBESITY, at_us));
    chart.problem(&stay, &diagnosis::OBESITY, at_us);
    chart.measures(&stay, at_us + 5 * MINUTE_US);
    let text = "Weight discussed at the patient's wish. Agreed on two changes, one at the table and \
                one on foot, and to look again in three months.";
    chart.note(&stay, &note::PROGRESS, stay.end_us, text);
}
