//! The stays that fill a house between the famous ones.

use super::{Pathway, Start};
use crate::calendar::HOUR_US;
use crate::codes::{Code, diagnosis, drug, note};
use crate::population::{Chart, Person, Signs, Specialty, Test, Unit, Visit, labs, panels};
use crate::writer::Disposition;

pub(super) const PATHWAY: Pathway =
    Pathway { name: "other-stay", start: Start::Yearly { rate, days: 60 }, play };

fn rate(_: &Person, age: i32) -> f64 {
    match age {
        ..18 => 0.004,
        18..45 => 0.012,
        45..65 => 0.030,
        65..80 => 0.075,
        _ => 0.120,
    }
}

/// A reason to stay, how often, mean days (HCUP), and the test it moves.
struct Reason {
    code: &'static Code,
    share: f64,
    days: f64,
    test: &'static Test,
    level: f64,
}

static ADULTS: [Reason; 5] = [
    Reason { code: &diagnosis::CELLULITIS, share: 3.0, days: 3.7, test: &labs::LEUKOCYTES, level: 13.0 },
    Reason { code: &diagnosis::KIDNEY_INJURY, share: 3.0, days: 4.9, test: &labs::CREATININE, level: 2.9 },
    Reason { code: &diagnosis::GI_BLEED, share: 2.0, days: 4.0, test: &labs::HEMOGLOBIN, level: 8.4 },
    Reason {
        code: &diagnosis::ATRIAL_FIBRILLATION,
        share: 2.5,
        days: 3.4,
        test: &labs::POTASSIUM,
        level: 3.7,
    },
    Reason { code: &diagnosis::STROKE, share: 2.0, days: 5.2, test: &labs::GLUCOSE, level: 128.0 },
];
static CHILDREN: [Reason; 1] =
    [Reason { code: &diagnosis::ABDOMINAL_PAIN, share: 1.0, days: 1.6, test: &labs::LEUKOCYTES, level: 9.5 }];

fn play(chart: &mut Chart<'_>, at_us: i64) {
    let age = chart.person.age_at(at_us);
    let child = age < 18;
    let reasons: &'static [Reason] = if child { &CHILDREN } else { &ADULTS };
    let reason = chart.stream.weighted(reasons, |reason| reason.share);
    let (unit, specialty) = if child {
        (Unit::Pediatrics, Specialty::Pediatrics)
    } else {
        (Unit::West4, Specialty::HospitalMedicine)
    };
    let days = chart.stream.long_tail(reason.days).clamp(0.8, 20.0);
    let frail = if age >= 75 { 0.35 } else { 0.08 };
    let way_out = if chart.stream.chance(frail) { Disposition::SkilledNursing } else { Disposition::Home };
    let stay = chart.visit(&Visit::stay(unit, specialty, reason.code, at_us, days).to(way_out));
    let id = chart.diagnosis(&stay, reason.code, Some(stay.end_us));
    let shifted = [(reason.test, reason.level)];
    chart.panel(&stay, at_us + HOUR_US, &panels::BASIC_METABOLIC, &shifted);
    chart.panel(&stay, at_us + HOUR_US, &panels::BLOOD_COUNT, &shifted);
    chart.ward_vitals(&stay, Signs { pulse: 12.0, fever: 0.3, ..Signs::default() });
    chart.course(&stay, &drug::ACETAMINOPHEN, "Give two tablets by mouth every six hours as needed.", id);
    let text = "Treated on the ward, daily review by the team. Problem settled enough to leave, \
                medicines reconciled, letter to the family doctor.";
    chart.note(&stay, &note::DISCHARGE_SUMMARY, stay.end_us, text);
}
