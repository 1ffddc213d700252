//! Chronic obstructive lung disease, with exacerbations that bring people in.

use super::{Pathway, Start};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::codes::{diagnosis, drug, note, visit};
use crate::population::{Chart, Signs, Specialty, Unit, Visit, panels};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "copd", start: Start::Chronic(|health| health.copd), play };

fn play(chart: &mut Chart<'_>, onset_us: i64) {
    let mut problem = None;
    chart.follow_up(onset_us, (5, 10), |chart, _, at_us| {
        let reason = &diagnosis::COPD;
        let stay = chart.visit(&Visit::clinic(Unit::PrimaryCare, &visit::FOLLOW_UP, reason, at_us));
        let id = *problem.get_or_insert_with(|| chart.problem(&stay, reason, onset_us));
        let signs = Signs { breaths: 3.0, oxygen: 3.5, ..Signs::default() };
        chart.vitals(&stay, at_us + 5 * MINUTE_US, signs);
        chart.prescribe(&stay, &drug::ALBUTEROL, "Inhale two puffs every six hours.", id);
        let worse_us = at_us + chart.stream.between(15, 120) * DAY_US;
        if chart.stream.chance(0.18) && worse_us + 15 * DAY_US < chart.until_us() {
            play_exacerbation(chart, worse_us);
        }
    });
}

fn play_exacerbation(chart: &mut Chart<'_>, at_us: i64) {
    let days = chart.stream.long_tail(4.4).clamp(1.5, 14.0);
    let reason = &diagnosis::COPD_EXACERBATION;
    let stay = chart.visit(&Visit::stay(Unit::West4, Specialty::HospitalMedicine, reason, at_us, days));
    let id = chart.diagnosis(&stay, reason, Some(stay.end_us));
    chart.chest_film(&stay, at_us + HOUR_US, "Hyperinflated lungs. No consolidation.");
    chart.panel(&stay, at_us + HOUR_US, &panels::BLOOD_COUNT, &[]);
    let worse = Signs { pulse: 20.0, breaths: 9.0, oxygen: 9.0, ..Signs::default() };
    chart.ward_vitals(&stay, worse);
    chart.course(&stay, &drug::PREDNISONE, "Take two tablets by mouth once a day for five days.", id);
    chart.course(&stay, &drug::AZITHROMYCIN, "Take two tablets today, then one a day for four days.", id);
    let text = "Admitted with worse breathlessness and sputum. Treated with inhalers, steroids and an \
                antibiotic. Walking the corridor without oxygen on the day of discharge.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, stay.end_us, text);
}
