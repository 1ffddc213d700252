//! Recording vital signs.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Problems;
use super::{EhrError, shape};
use crate::calendar::instant_text;
use crate::codes::{Code, UCUM, vital};

/// What the vital signs form asks for; at least one value, in the units named.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordVitals {
    /// Systolic pressure in mmHg; needs the diastolic one.
    pub systolic: Option<f64>,
    /// Diastolic pressure in mmHg; needs the systolic one.
    pub diastolic: Option<f64>,
    /// Heart beats a minute.
    pub heart_rate: Option<f64>,
    /// Breaths a minute.
    pub respiratory_rate: Option<f64>,
    /// Body temperature in degrees Celsius.
    pub temperature: Option<f64>,
    /// Oxygen saturation in percent.
    pub oxygen_saturation: Option<f64>,
    /// Weight in kilograms.
    pub weight: Option<f64>,
    /// Height in centimetres.
    pub height: Option<f64>,
}

/// What must be known to record signs.
#[derive(Clone, Copy, Debug)]
pub struct VitalsFacts<'a> {
    /// The patient.
    pub patient: &'a Value,
    /// The encounter they were taken in, if any.
    pub encounter: Option<&'a Value>,
    /// Who took them, if known.
    pub performer: Option<&'a Value>,
}

/// One sign: what it is called, coded, measured in, and what a living body can show.
struct Sign {
    field: &'static str,
    code: &'static Code,
    profile: &'static str,
    unit: &'static str,
    range: (f64, f64),
    hint: &'static str,
}

const fn sign(
    field: &'static str,
    code: &'static Code,
    profile: &'static str,
    unit: &'static str,
    range: (f64, f64),
    hint: &'static str,
) -> Sign {
    Sign { field, code, profile, unit, range, hint }
}

const PRESSURE: &str = "give mmHg, the higher number first, such as 128 over 76";
const SYSTOLIC: Sign = sign("systolic", &vital::SYSTOLIC, "", "mm[Hg]", (40.0, 300.0), PRESSURE);
const DIASTOLIC: Sign = sign("diastolic", &vital::DIASTOLIC, "", "mm[Hg]", (15.0, 200.0), PRESSURE);
const HEART: Sign = sign(
    "heart_rate",
    &vital::HEART_RATE,
    "us-core-heart-rate",
    "/min",
    (20.0, 300.0),
    "count for a full minute",
);
const BREATHS: Sign = sign(
    "respiratory_rate",
    &vital::RESPIRATORY_RATE,
    "us-core-respiratory-rate",
    "/min",
    (4.0, 90.0),
    "count for a full minute",
);
const TEMPERATURE: Sign = sign(
    "temperature",
    &vital::TEMPERATURE,
    "us-core-body-temperature",
    "Cel",
    (25.0, 44.0),
    "give degrees Celsius: 98.6 Fahrenheit is 37.0",
);
const OXYGEN: Sign = sign(
    "oxygen_saturation",
    &vital::PULSE_OXIMETRY,
    "us-core-pulse-oximetry",
    "%",
    (40.0, 100.0),
    "give percent, such as 97",
);
const WEIGHT: Sign = sign(
    "weight",
    &vital::WEIGHT,
    "us-core-body-weight",
    "kg",
    (0.3, 400.0),
    "give kilograms: 154 pounds are 70 kg",
);
const HEIGHT: Sign = sign(
    "height",
    &vital::HEIGHT,
    "us-core-body-height",
    "cm",
    (20.0, 260.0),
    "give centimetres: 5 feet 7 inches are 170 cm",
);

/// Makes one Observation for each sign given, blood pressure as one panel (LOINC 85354-9).
///
/// # Errors
/// Every value no living body shows, half a blood pressure, or nothing at all.
pub fn record_vitals(
    command: &RecordVitals,
    facts: &VitalsFacts<'_>,
    now_us: i64,
    ids: &mut dyn FnMut() -> String,
) -> Result<Vec<Value>, EhrError> {
    check(command)?;
    let mut written = Vec::new();
    if let (Some(systolic), Some(diastolic)) = (command.systolic, command.diastolic) {
        let mut panel = observation(&vital::BLOOD_PRESSURE, "us-core-blood-pressure", facts, now_us, &ids());
        panel["component"] = json!([component(&SYSTOLIC, systolic), component(&DIASTOLIC, diastolic)]);
        written.push(panel);
    }
    for (sign, value) in singles(command) {
        if let Some(value) = value {
            let mut one = observation(sign.code, sign.profile, facts, now_us, &ids());
            one["valueQuantity"] = quantity(&sign, value);
            written.push(one);
        }
    }
    Ok(written)
}

fn singles(command: &RecordVitals) -> [(Sign, Option<f64>); 6] {
    [
        (HEART, command.heart_rate),
        (BREATHS, command.respiratory_rate),
        (TEMPERATURE, command.temperature),
        (OXYGEN, command.oxygen_saturation),
        (WEIGHT, command.weight),
        (HEIGHT, command.height),
    ]
}

fn check(command: &RecordVitals) -> Result<(), EhrError> {
    let mut problems = Problems::default();
    let pressures = [(SYSTOLIC, command.systolic), (DIASTOLIC, command.diastolic)];
    let mut given = 0;
    for (sign, value) in pressures.into_iter().chain(singles(command)) {
        let Some(value) = value else {
            continue;
        };
        given += 1;
        let (low, high) = sign.range;
        if !(low..=high).contains(&value) {
            let what = format!("{value} is not between {low} and {high} {}", sign.unit);
            problems.add(sign.field, what, sign.hint);
        }
    }
    match (command.systolic, command.diastolic) {
        (Some(_), None) => problems.add("diastolic", "is missing", PRESSURE),
        (None, Some(_)) => problems.add("systolic", "is missing", PRESSURE),
        (Some(high), Some(low)) => {
            problems.expect(high > low, "diastolic", "is not below the systolic", PRESSURE);
        }
        (None, None) => {}
    }
    problems.expect(given > 0, "vitals", "are all empty", "fill in at least one value");
    problems.finish()
}

fn observation(code: &Code, profile: &str, facts: &VitalsFacts<'_>, now_us: i64, id: &str) -> Value {
    let mut observation = json!({
        "resourceType": "Observation",
        "id": id,
        "meta": shape::meta(profile),
        "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}]}],
        "code": coded(code),
        "subject": shape::reference(facts.patient),
    });
    if let Some(encounter) = facts.encounter {
        observation["encounter"] = shape::reference(encounter);
    }
    observation["effectiveDateTime"] = json!(instant_text(now_us));
    if let Some(performer) = facts.performer {
        observation["performer"] = json!([shape::named_reference(performer, &shape::person_name(performer))]);
    }
    observation
}

/// US Core Pulse Oximetry asks for both LOINC codes.
fn coded(code: &Code) -> Value {
    let mut concept = shape::concept(code);
    if *code == vital::PULSE_OXIMETRY {
        let other = shape::concept(&vital::OXYGEN_SATURATION)["coding"][0].clone();
        if let Some(codings) = concept["coding"].as_array_mut() {
            codings.push(other);
        }
    }
    concept
}

fn component(sign: &Sign, value: f64) -> Value {
    json!({"code": shape::concept(sign.code), "valueQuantity": quantity(sign, value)})
}

/// Whole numbers are written without a point, as they were typed.
fn quantity(sign: &Sign, value: f64) -> Value {
    let number = if value.fract() == 0.0 { json!(value as i64) } else { json!(value) };
    json!({"value": number, "unit": sign.unit, "system": UCUM, "code": sign.unit})
}
