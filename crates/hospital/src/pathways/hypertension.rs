//! High blood pressure: found, treated, and in one of five controlled.

use super::{Pathway, Start};
use crate::calendar::MINUTE_US;
use crate::codes::{diagnosis, drug, note, visit};
use crate::population::{Chart, Unit, Visit, labs, panels};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "hypertension", start: Start::Chronic(|health| health.hypertension), play };

fn play(chart: &mut Chart<'_>, onset_us: i64) {
    let first_drug = *chart.stream.pick(&[&drug::LISINOPRIL, &drug::AMLODIPINE, &drug::LISINOPRIL]);
    let mut problem = None;
    chart.follow_up(onset_us, (5, 11), |chart, number, at_us| {
        let reason = &diagnosis::HYPERTENSION;
        let stay = chart.visit(&Visit::clinic(Unit::PrimaryCare, &visit::FOLLOW_UP, reason, at_us));
        let id = *problem.get_or_insert_with(|| chart.problem(&stay, reason, onset_us));
        chart.pressure(&stay, at_us + 5 * MINUTE_US, 0.0);
        chart.prescribe(&stay, first_drug, "Take one tablet by mouth once a day.", id);
        if !chart.person.health.controlled && number > 1 {
            let sig = "Take one tablet by mouth every morning.";
            chart.prescribe(&stay, &drug::HYDROCHLOROTHIAZIDE, sig, id);
        }
        if number % 3 == 0 {
            let at_us = at_us + 15 * MINUTE_US;
            chart.panel(&stay, at_us, &panels::BASIC_METABOLIC, &[(&labs::CREATININE, 1.0)]);
        }
        if chart.stream.chance(0.3) {
            let text = "Blood pressure follow-up. Taking the tablets most days. Home readings \
                        reviewed, salt and walking discussed. Renewed.";
            chart.note(&stay, &note::PROGRESS, stay.end_us, text);
        }
    });
}
