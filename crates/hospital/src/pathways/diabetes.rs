//! Type 2 diabetes: a visit every few months with its glycated haemoglobin, once a year the kidneys.

use super::{Pathway, Start};
use crate::calendar::MINUTE_US;
use crate::codes::{diagnosis, drug, note, visit};
use crate::population::{Chart, Unit, Visit, labs};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "type-2-diabetes", start: Start::Chronic(|health| health.diabetes), play };

fn play(chart: &mut Chart<'_>, onset_us: i64) {
    let level = chart.stream.normal(7.3, 0.8).clamp(5.9, 11.0);
    let mut problem = None;
    chart.follow_up(onset_us, (3, 7), |chart, number, at_us| {
        let reason = &diagnosis::DIABETES;
        let stay = chart.visit(&Visit::clinic(Unit::PrimaryCare, &visit::FOLLOW_UP, reason, at_us));
        let id = *problem.get_or_insert_with(|| chart.problem(&stay, reason, onset_us));
        let drawn_us = at_us + 10 * MINUTE_US;
        let level = if number == 0 { level + 1.2 } else { level };
        chart.measures(&stay, at_us + 4 * MINUTE_US);
        chart.lab(&stay, drawn_us, &labs::HEMOGLOBIN_A1C, Some(level));
        chart.lab(&stay, drawn_us, &labs::GLUCOSE, Some(level * 28.7 - 46.7));
        if number % 2 == 0 {
            chart.lab(&stay, drawn_us, &labs::URINE_ALBUMIN, Some(level * 4.0));
            chart.lab(&stay, drawn_us, &labs::CREATININE, Some(1.0));
        }
        if level > 8.5 && chart.stream.chance(0.3) {
            chart.diagnosis(&stay, &diagnosis::HYPERGLYCEMIA, Some(stay.end_us));
        }
        chart.prescribe(&stay, &drug::METFORMIN, "Take two tablets by mouth with the evening meal.", id);
        if chart.stream.chance(0.3) {
            let text = "Diabetes follow-up. HbA1c and home readings reviewed, feet examined, eye \
                        examination due once a year. No low sugars reported.";
            chart.note(&stay, &note::PROGRESS, stay.end_us, text);
        }
    });
}
