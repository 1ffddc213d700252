//! Allergies, as they were first recorded.

use super::{Pathway, Start};
use crate::calendar::DAY_US;
use crate::codes::{Code, substance};
use crate::population::Chart;

/// Substance or words, category, share of people, reaction.
type Row = (Result<Code, &'static str>, &'static str, f64, &'static str);

const ROWS: &[Row] = &[
    (Ok(substance::PENICILLIN), "medication", 0.070, "Hives"),
    (Ok(substance::AMOXICILLIN), "medication", 0.020, "Itching rash"),
    (Ok(substance::SULFAMETHOXAZOLE), "medication", 0.035, "Rash"),
    (Ok(substance::ASPIRIN), "medication", 0.010, "Wheezing"),
    (Ok(substance::IBUPROFEN), "medication", 0.012, "Swelling of the face"),
    (Ok(substance::CODEINE), "medication", 0.018, "Nausea"),
    (Ok(substance::MORPHINE), "medication", 0.008, "Itching"),
    (Err("Peanut"), "food", 0.012, "Hives"),
    (Err("Shellfish"), "food", 0.018, "Swelling of the lips"),
    (Err("Grass pollen"), "environment", 0.060, "Sneezing"),
    (Err("Latex"), "environment", 0.008, "Rash"),
];

pub(super) const PATHWAY: Pathway = Pathway { name: "allergies", start: Start::Always, play };

fn play(chart: &mut Chart<'_>, since_us: i64) {
    for (number, (substance, category, share, reaction)) in ROWS.iter().enumerate() {
        chart.occasion(number as u64);
        let severe = chart.stream.chance(0.15);
        let days = chart.stream.between(1, 60);
        let recorded_us = since_us + days * DAY_US;
        if chart.stream.chance(*share) && recorded_us < chart.until_us() {
            let substance = substance.as_ref().map_err(|words| *words);
            chart.allergy(substance, category, severe, reaction, recorded_us);
        }
    }
}
