//! Depression, followed with the PHQ-9.

use super::{Pathway, Start};
use crate::calendar::MINUTE_US;
use crate::codes::{diagnosis, drug, note, visit};
use crate::population::{Chart, Unit, Visit};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "depression", start: Start::Chronic(|health| health.depression), play };

fn play(chart: &mut Chart<'_>, onset_us: i64) {
    let treated = chart.stream.chance(0.6);
    let mut problem = None;
    chart.follow_up(onset_us, (4, 9), |chart, number, at_us| {
        let reason = &diagnosis::DEPRESSION;
        let stay = chart.visit(&Visit::clinic(Unit::PrimaryCare, &visit::FOLLOW_UP, reason, at_us));
        let id = *problem.get_or_insert_with(|| chart.problem(&stay, reason, onset_us));
        let better = if treated { 7.0 } else { 3.0 };
        let mean = if number == 0 { 15.0 } else { 15.0 - better };
        let score = chart.stream.normal(mean, 3.0);
        chart.phq9(&stay, score);
        chart.pressure(&stay, at_us + 5 * MINUTE_US, 0.0);
        if treated {
            chart.prescribe(&stay, &drug::SERTRALINE, "Take one tablet by mouth once a day.", id);
        }
        if chart.stream.chance(0.5) {
            let text = "Mood reviewed with the questionnaire. Sleep and work discussed, no thoughts of \
                        self-harm. Knows whom to call.";
            chart.note(&stay, &note::PROGRESS, stay.end_us, text);
        }
    });
}
