//! What is charged for. Codes and prices are our own: no price list of a real hospital stands behind them.

use crate::calendar::DAY_US;
use crate::play::{Service, What};
use crate::population::Unit;
use crate::writer::Class;

/// The charge that a happening brings, as a code and cents.
pub(super) fn charge(what: &What) -> Option<(&'static str, u32)> {
    Some(match what {
        What::Arrived(arrival) => match (arrival.class, arrival.acuity) {
            (Class::Emergency, Some(1 | 2)) => ("ED-HIGH", 185_000),
            (Class::Emergency, Some(3)) => ("ED-MIDDLE", 92_000),
            (Class::Emergency, _) => ("ED-LOW", 41_000),
            _ => ("CLINIC-VISIT", 16_500),
        },
        What::Resulted(laboratory) => match laboratory.panel {
            Some(_) => ("LAB-PANEL", 8_900),
            None => ("LAB-TEST", 4_200),
        },
        What::Found { .. } => ("LAB-CULTURE", 11_000),
        What::Read { service: Service::Cardiology, .. } => ("ECG", 19_000),
        What::Read { .. } => ("IMAGING", 58_000),
        What::Done { .. } => ("PROCEDURE", 940_000),
        What::Given { .. } => ("DOSE", 2_300),
        What::Immunised(_) => ("VACCINE", 9_500),
        _ => return None,
    })
}

/// A night in a unit.
fn night(unit: Unit) -> (&'static str, u32) {
    match unit {
        Unit::IntensiveCare => ("ROOM-ICU", 620_000),
        Unit::StepDown => ("ROOM-STEP-DOWN", 390_000),
        Unit::Nursery => ("ROOM-NURSERY", 120_000),
        _ => ("ROOM", 260_000),
    }
}

/// The charges of the nights between two instants.
pub(super) fn nights(unit: Unit, start_us: i64, end_us: i64) -> impl Iterator<Item = (&'static str, u32)> {
    let count = (end_us.div_euclid(DAY_US) - start_us.div_euclid(DAY_US)).clamp(0, 400);
    std::iter::repeat_n(night(unit), count as usize)
}
