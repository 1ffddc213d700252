//! Asthma of children and adults, with attacks.

use super::{Pathway, Start};
use crate::calendar::{HOUR_US, MINUTE_US};
use crate::codes::{diagnosis, drug, note, visit};
use crate::population::{Chart, Signs, Unit, Visit};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "asthma", start: Start::Chronic(|health| health.asthma), play };

const SIG: &str = "Inhale two puffs every four to six hours when breathing is hard.";

fn play(chart: &mut Chart<'_>, onset_us: i64) {
    let mut problem = None;
    chart.follow_up(onset_us, (6, 13), |chart, _, at_us| {
        let unit = match chart.person.age_at(at_us) {
            ..18 => Unit::ChildrensClinic,
            _ => Unit::PrimaryCare,
        };
        let reason = &diagnosis::ASTHMA;
        let stay = chart.visit(&Visit::clinic(unit, &visit::FOLLOW_UP, reason, at_us));
        let id = *problem.get_or_insert_with(|| chart.problem(&stay, reason, onset_us));
        chart.vitals(&stay, at_us + 5 * MINUTE_US, Signs { breaths: 1.0, ..Signs::default() });
        chart.prescribe(&stay, &drug::ALBUTEROL, SIG, id);
        let attack_us = at_us + chart.stream.between(20, 90) * 24 * HOUR_US;
        if chart.stream.chance(0.18) && attack_us < chart.until_us() {
            play_attack(chart, attack_us);
        }
    });
}

fn play_attack(chart: &mut Chart<'_>, at_us: i64) {
    let stay = chart.visit(&Visit::emergency(&diagnosis::ASTHMA_EXACERBATION, at_us, 4));
    let id = chart.diagnosis(&stay, &diagnosis::ASTHMA_EXACERBATION, Some(stay.end_us));
    let worse = Signs { pulse: 28.0, breaths: 10.0, oxygen: 5.5, ..Signs::default() };
    let better = Signs { pulse: 20.0, breaths: 3.0, oxygen: 1.5, ..Signs::default() };
    chart.vitals(&stay, at_us + 8 * MINUTE_US, worse);
    chart.vitals(&stay, at_us + 3 * HOUR_US, better);
    chart.course(&stay, &drug::PREDNISONE, "Take two tablets by mouth once a day for five days.", id);
    let text = "Wheezing and short of breath since last night. Three treatments given, much better \
                after two hours. Home with steroids and a plan for the inhaler.";
    chart.note(&stay, &note::PROGRESS, stay.end_us, text);
}
