//! The stay of whoever is in the house now.

use super::{Pathway, Start};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::codes::{Code, diagnosis, drug, note, visit};
use crate::population::{Bedded, Chart, Signs, Specialty, Stay, Unit, Visit, panels};
use crate::writer::Class;

pub(super) const PATHWAY: Pathway = Pathway { name: "present-stay", start: Start::Always, play };

const MEDICINE: &[Code] = &[
    diagnosis::PNEUMONIA,
    diagnosis::HEART_FAILURE,
    diagnosis::COPD_EXACERBATION,
    diagnosis::CELLULITIS,
    diagnosis::KIDNEY_INJURY,
    diagnosis::GI_BLEED,
];
const STEP_DOWN: &[Code] =
    &[diagnosis::NSTEMI, diagnosis::HEART_FAILURE, diagnosis::ATRIAL_FIBRILLATION, diagnosis::STROKE];
const CRITICAL: &[Code] = &[diagnosis::SEPSIS, diagnosis::STROKE, diagnosis::GI_BLEED];
const EMERGENCY: &[Code] = &[
    diagnosis::CHEST_PAIN,
    diagnosis::ABDOMINAL_PAIN,
    diagnosis::ANKLE_SPRAIN,
    diagnosis::UPPER_RESPIRATORY,
];
const CHILDREN: &[Code] = &[diagnosis::ASTHMA_EXACERBATION, diagnosis::PNEUMONIA, diagnosis::APPENDICITIS];

/// Who looks after a unit, and what brings people there.
fn care(unit: Unit) -> (Specialty, &'static [Code]) {
    match unit {
        Unit::Emergency => (Specialty::EmergencyMedicine, EMERGENCY),
        Unit::West5 => (Specialty::Surgery, &[diagnosis::APPENDICITIS, diagnosis::ABDOMINAL_PAIN]),
        Unit::East5 => (Specialty::Orthopedics, &[diagnosis::HIP_FRACTURE, diagnosis::CELLULITIS]),
        Unit::StepDown => (Specialty::Cardiology, STEP_DOWN),
        Unit::IntensiveCare => (Specialty::CriticalCare, CRITICAL),
        Unit::Postpartum => (Specialty::Obstetrics, &[diagnosis::DELIVERY]),
        Unit::Pediatrics => (Specialty::Pediatrics, CHILDREN),
        Unit::Psychiatry => (Specialty::Psychiatry, &[diagnosis::DEPRESSION]),
        _ => (Specialty::HospitalMedicine, MEDICINE),
    }
}

fn play(chart: &mut Chart<'_>, _: i64) {
    let Some(bedded) = chart.bedded() else {
        return;
    };
    let (specialty, reasons) = care(bedded.unit);
    let reason = chart.stream.pick(reasons);
    let emergency = bedded.unit == Unit::Emergency;
    let visit = Visit {
        class: if emergency { Class::Emergency } else { Class::Inpatient },
        kind: if emergency { &visit::EMERGENCY } else { &visit::INPATIENT },
        unit: bedded.unit,
        specialty,
        reason,
        start_us: bedded.since_us,
        end_us: None,
        disposition: None,
    };
    let stay = chart.visit_at(&visit, bedded.bed);
    let id = chart.diagnosis(&stay, reason, None);
    let signs = signs(bedded.unit);
    if emergency {
        chart.vitals(&stay, stay.start_us + 10 * MINUTE_US, signs);
        return;
    }
    play_days(chart, &stay, bedded, signs);
    chart.course(&stay, &drug::ACETAMINOPHEN, "Give two tablets by mouth every six hours as needed.", id);
    let text = "Admitted to the ward. History taken, medicines reconciled, allergies checked. Plan \
                discussed with the patient and the nurse in charge.";
    chart.note(&stay, &note::HISTORY_AND_PHYSICAL, stay.start_us + HOUR_US, text);
}

/// Signs every eight hours, blood each morning for those not there to give birth or to talk.
fn play_days(chart: &mut Chart<'_>, stay: &Stay, bedded: &Bedded, signs: Signs) {
    let mut at_us = stay.start_us + 20 * MINUTE_US;
    while at_us < stay.end_us {
        chart.vitals(stay, at_us, signs);
        at_us += 8 * HOUR_US;
    }
    if matches!(bedded.unit, Unit::Postpartum | Unit::Psychiatry) {
        return;
    }
    let mut at_us = stay.start_us + 40 * MINUTE_US;
    while at_us + HOUR_US < stay.end_us {
        chart.panel(stay, at_us, &panels::BASIC_METABOLIC, &[]);
        chart.panel(stay, at_us, &panels::BLOOD_COUNT, &[]);
        at_us += DAY_US;
    }
}

fn signs(unit: Unit) -> Signs {
    match unit {
        Unit::IntensiveCare => Signs { pulse: 24.0, breaths: 6.0, oxygen: 4.0, pressure: -18.0, fever: 0.8 },
        Unit::StepDown => Signs { pulse: 12.0, breaths: 3.0, oxygen: 2.5, pressure: 4.0, fever: 0.1 },
        Unit::Postpartum | Unit::Psychiatry => Signs { pulse: 4.0, ..Signs::default() },
        _ => Signs { pulse: 10.0, breaths: 2.0, oxygen: 1.5, pressure: 2.0, fever: 0.4 },
    }
}
