//! How those who died in hospital died.

use super::{Pathway, Start};
use crate::calendar::DAY_US;
use crate::codes::{diagnosis, note};
use crate::population::{Chart, Signs, Specialty, Unit, Visit, panels};
use crate::writer::Disposition;

pub(super) const PATHWAY: Pathway = Pathway { name: "last-stay", start: Start::Always, play };

/// About a third of deaths happen in hospital.
const IN_HOSPITAL: f64 = 0.35;

fn play(chart: &mut Chart<'_>, since_us: i64) {
    let Some(died_us) = chart.person.deceased_us else {
        return;
    };
    let days = chart.stream.long_tail(6.0).clamp(0.5, 20.0);
    let begun_us = died_us - (days * DAY_US as f64) as i64;
    if !chart.stream.chance(IN_HOSPITAL) || begun_us < since_us {
        return;
    }
    let reason = *chart.stream.pick(&[&diagnosis::SEPSIS, &diagnosis::STROKE, &diagnosis::HEART_FAILURE]);
    let mut visit = Visit::stay(Unit::IntensiveCare, Specialty::CriticalCare, reason, begun_us, days)
        .to(Disposition::Expired);
    visit.end_us = Some(died_us);
    let stay = chart.visit(&visit);
    chart.diagnosis(&stay, reason, None);
    chart.panel(&stay, begun_us + DAY_US / 24, &panels::BASIC_METABOLIC, &[]);
    chart.ward_vitals(&stay, Signs { pulse: 24.0, breaths: 8.0, oxygen: 8.0, pressure: -24.0, fever: 0.5 });
    let text = "Did not recover in spite of full treatment. Family called in and present. Comfort was \
                the aim of the last day.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, died_us, text);
}
