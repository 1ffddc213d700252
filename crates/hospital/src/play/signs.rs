//! Signs of a body, as illness moves them.

use super::Signs;
use crate::calendar::YEAR_US;
use crate::pathways::Shift;
use crate::population::{Condition, Person};
use crate::random::Stream;
use crate::writer::Decimal;

/// Treatment needs so long until blood pressure has come down.
const TREATED_US: i64 = YEAR_US / 3;

/// All signs, or those of someone with a cold: without pressure and breathing.
pub(crate) fn draw(
    person: &Person,
    as_of_us: i64,
    at_us: i64,
    shift: Shift,
    brief: bool,
    stream: &mut Stream,
) -> Signs {
    let body = person.body_at(at_us);
    let pressure = (!brief).then(|| pressure(person, as_of_us, at_us, shift.pressure, stream));
    let pulse = stream.normal(body.heart_rate + shift.pulse, 6.0).clamp(38.0, 210.0);
    let warmth = stream.normal(36.8 + shift.fever, 0.25).clamp(34.5, 41.2);
    let oxygen = stream.normal(97.8 - shift.oxygen, 0.9).clamp(70.0, 100.0);
    let breaths = (!brief).then(|| stream.normal(body.breaths + shift.breaths, 1.2).clamp(8.0, 70.0));
    Signs {
        pressure,
        pulse: Some(Decimal::round(pulse, 0)),
        breaths: breaths.map(|breaths| Decimal::round(breaths, 0)),
        temperature: Some(Decimal::round(warmth, 1)),
        oxygen: Some(Decimal::round(oxygen, 0)),
    }
}

/// Systolic and diastolic pressure, moved by so many mmHg.
pub(crate) fn pressure(
    person: &Person,
    as_of_us: i64,
    at_us: i64,
    shift: f64,
    stream: &mut Stream,
) -> (i64, i64) {
    let body = person.body_at(at_us);
    let ill = |us| person.health.has_by(Condition::Hypertension, as_of_us, us);
    let (systolic, diastolic) = match (ill(at_us), person.health.controlled && ill(at_us - TREATED_US)) {
        (false, _) => (body.systolic, body.diastolic),
        (true, true) => (119.0, 71.0),
        (true, false) => (146.0, 88.0),
    };
    let systolic = stream.normal(systolic + shift, 6.0).clamp(58.0, 240.0);
    let diastolic = stream.normal(diastolic + shift * 0.4, 4.0).clamp(30.0, systolic - 15.0);
    (systolic as i64, diastolic as i64)
}
