//! Coronary disease: chest pain, and the heart attack it may be.

use super::{Pathway, Start};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::codes::{diagnosis, drug, note, procedure, visit};
use crate::population::{Chart, Signs, Specialty, Unit, Visit, labs, panels};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "coronary", start: Start::Chronic(|health| health.coronary), play };

fn play(chart: &mut Chart<'_>, onset_us: i64) {
    let mut problem = None;
    chart.follow_up(onset_us, (6, 12), |chart, _, at_us| {
        let reason = &diagnosis::CORONARY;
        let stay = chart.visit(&Visit::clinic(Unit::HeartClinic, &visit::FOLLOW_UP, reason, at_us));
        let id = *problem.get_or_insert_with(|| chart.problem(&stay, reason, onset_us));
        chart.vitals(&stay, at_us + 5 * MINUTE_US, Signs::default());
        chart.prescribe(&stay, &drug::ASPIRIN, "Take one tablet by mouth once a day.", id);
        chart.prescribe(&stay, &drug::METOPROLOL, "Take one tablet by mouth twice a day.", id);
        let pain_us = at_us + chart.stream.between(10, 150) * DAY_US;
        if chart.stream.chance(0.12) && pain_us + 15 * DAY_US < chart.until_us() {
            if chart.stream.chance(0.3) {
                play_infarction(chart, pain_us);
            } else {
                play_chest_pain(chart, pain_us);
            }
        }
    });
}

fn play_chest_pain(chart: &mut Chart<'_>, at_us: i64) {
    let stay = chart.visit(&Visit::emergency(&diagnosis::CHEST_PAIN, at_us, 7));
    chart.diagnosis(&stay, &diagnosis::CHEST_PAIN, Some(stay.end_us));
    chart.vitals(&stay, at_us + 5 * MINUTE_US, Signs { pulse: 10.0, ..Signs::default() });
    chart.electrocardiogram(&stay, at_us + 8 * MINUTE_US, "Sinus rhythm. No acute changes.");
    for hours in [0, 3, 6] {
        chart.lab(&stay, at_us + hours * HOUR_US + 15 * MINUTE_US, &labs::TROPONIN, None);
    }
    let text = "Chest pain at rest, gone on arrival. ECG unchanged, three troponins normal. Home \
                with a clinic visit this week.";
    chart.note(&stay, &note::PROGRESS, stay.end_us, text);
}

fn play_infarction(chart: &mut Chart<'_>, at_us: i64) {
    let days = chart.stream.long_tail(4.2).clamp(2.0, 12.0);
    let reason = &diagnosis::NSTEMI;
    let stay = chart.visit(&Visit::stay(Unit::StepDown, Specialty::Cardiology, reason, at_us, days));
    let id = chart.diagnosis(&stay, reason, Some(stay.end_us));
    chart.electrocardiogram(&stay, at_us + 8 * MINUTE_US, "ST depression in the lateral leads.");
    for (hours, level) in [(0, 85.0), (3, 640.0), (6, 1450.0), (24, 700.0)] {
        chart.lab(&stay, at_us + hours * HOUR_US + 15 * MINUTE_US, &labs::TROPONIN, Some(level));
    }
    chart.panel(&stay, at_us + HOUR_US, &panels::BASIC_METABOLIC, &[]);
    chart.ward_vitals(&stay, Signs { pulse: 15.0, oxygen: 2.0, ..Signs::default() });
    let cath_us = at_us + 20 * HOUR_US;
    chart.procedure(&stay, &procedure::CORONARY_STENT, cath_us, cath_us + 70 * MINUTE_US);
    chart.course(&stay, &drug::CLOPIDOGREL, "Take one tablet by mouth once a day for a year.", id);
    let text = "Non-ST elevation infarction, one stent placed the next day, no complications. Second \
                antiplatelet for a year, cardiac rehabilitation arranged.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, stay.end_us, text);
}
