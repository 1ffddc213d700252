//! Heart failure: decompensation, and the readmission within thirty days that one in five needs.

use super::{Pathway, Start};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::codes::{diagnosis, drug, note, visit};
use crate::population::{Chart, Signs, Specialty, Unit, Visit, labs, panels};
use crate::writer::Disposition;

pub(super) const PATHWAY: Pathway =
    Pathway { name: "heart-failure", start: Start::Chronic(|health| health.heart_failure), play };

/// Readmission within 30 days, HCUP brief 248.
const READMITTED: f64 = 0.20;

fn play(chart: &mut Chart<'_>, onset_us: i64) {
    let mut problem = None;
    chart.follow_up(onset_us, (3, 7), |chart, _, at_us| {
        let reason = &diagnosis::HEART_FAILURE;
        let stay = chart.visit(&Visit::clinic(Unit::HeartClinic, &visit::FOLLOW_UP, reason, at_us));
        let id = *problem.get_or_insert_with(|| chart.problem(&stay, reason, onset_us));
        chart.vitals(&stay, at_us + 5 * MINUTE_US, Signs { oxygen: 1.0, ..Signs::default() });
        chart.measures(&stay, at_us + 5 * MINUTE_US);
        chart.lab(&stay, at_us + 15 * MINUTE_US, &labs::POTASSIUM, None);
        chart.prescribe(&stay, &drug::FUROSEMIDE, "Take one tablet by mouth every morning.", id);
        let worse_us = at_us + chart.stream.between(10, 80) * DAY_US;
        if chart.stream.chance(0.14) && worse_us + 60 * DAY_US < chart.until_us() {
            let home_us = play_stay(chart, worse_us);
            if chart.stream.chance(READMITTED) {
                let back_us = home_us + chart.stream.between(3, 28) * DAY_US;
                play_stay(chart, back_us);
            }
        }
    });
}

/// Plays one stay and gives the instant of discharge.
fn play_stay(chart: &mut Chart<'_>, at_us: i64) -> i64 {
    let days = chart.stream.long_tail(5.0).clamp(2.0, 16.0);
    let reason = &diagnosis::HEART_FAILURE;
    let way_out = if chart.stream.chance(0.15) { Disposition::SkilledNursing } else { Disposition::Home };
    let visit = Visit::stay(Unit::StepDown, Specialty::Cardiology, reason, at_us, days).to(way_out);
    let stay = chart.visit(&visit);
    let id = chart.diagnosis(&stay, reason, Some(stay.end_us));
    chart.chest_film(&stay, at_us + HOUR_US, "Enlarged heart, fluid at both bases.");
    chart.lab(&stay, at_us + HOUR_US, &labs::NT_PROBNP, Some(4200.0));
    chart.panel(&stay, at_us + HOUR_US, &panels::BASIC_METABOLIC, &[(&labs::CREATININE, 1.4)]);
    chart.ward_vitals(&stay, Signs { pulse: 18.0, breaths: 7.0, oxygen: 6.0, ..Signs::default() });
    chart.course(&stay, &drug::FUROSEMIDE, "Give 40 mg twice a day, weigh every morning.", id);
    let text = "Admitted with swelling and breathlessness lying flat. Fluid removed, weight back to \
                usual. Low-salt diet and daily weights explained, clinic within a week.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, stay.end_us, text);
    stay.end_us
}
