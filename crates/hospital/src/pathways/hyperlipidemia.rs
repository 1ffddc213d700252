//! High cholesterol: a lipid panel a year, and a statin.

use super::{Pathway, Start};
use crate::calendar::MINUTE_US;
use crate::codes::{diagnosis, drug, visit};
use crate::population::{Chart, Unit, Visit, labs, panels};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "hyperlipidemia", start: Start::Chronic(|health| health.hyperlipidemia), play };

fn play(chart: &mut Chart<'_>, onset_us: i64) {
    let total = if chart.person.health.high_cholesterol { 256.0 } else { 192.0 };
    let mut problem = None;
    chart.follow_up(onset_us, (9, 15), |chart, number, at_us| {
        let reason = &diagnosis::HYPERLIPIDEMIA;
        let stay = chart.visit(&Visit::clinic(Unit::PrimaryCare, &visit::FOLLOW_UP, reason, at_us));
        let id = *problem.get_or_insert_with(|| chart.problem(&stay, reason, onset_us));
        let total = if number == 0 { total + 25.0 } else { total };
        let means = [(&labs::CHOLESTEROL, total), (&labs::LDL, total * 0.62)];
        chart.panel(&stay, at_us + 12 * MINUTE_US, &panels::LIPIDS, &means);
        chart.prescribe(&stay, &drug::ATORVASTATIN, "Take one tablet by mouth at bedtime.", id);
    });
}
