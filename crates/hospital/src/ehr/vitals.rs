use serde::Deserialize;
use serde_json::{Number, Value, json};

use super::entered::Entered;
use super::error::{EhrError, Problems};
use super::shape::{coding, concept, id_of};
use crate::calendar::instant_text;
use crate::codes::{Code, UCUM, vital};
use crate::meta::meta;

/// One vital sign a form may hold.
#[derive(Debug, Clone, Copy)]
pub struct Sign {
    /// The field of the command.
    pub field: &'static str,
    /// What it is, in LOINC.
    pub code: Code,
    /// The unit of the field, in UCUM.
    pub unit: &'static str,
    /// The least a living body can have.
    pub low: f64,
    /// The most a living body can have.
    pub high: f64,
    profile: &'static str,
    remedy: &'static str,
}

const fn sign(
    field: &'static str,
    code: Code,
    unit: &'static str,
    [low, high]: [f64; 2],
    profile: &'static str,
    remedy: &'static str,
) -> Sign {
    Sign { field, code, unit, low, high, profile, remedy }
}

const PRESSURE: &str = "us-core-blood-pressure";
const PRESSURE_REMEDY: &str = "give millimetres of mercury, such as 120 over 80";

/// The vital signs a form may hold. The first two are one measurement.
pub const SIGNS: [Sign; 8] = [
    sign("systolic", vital::SYSTOLIC, "mm[Hg]", [20.0, 350.0], PRESSURE, PRESSURE_REMEDY),
    sign("diastolic", vital::DIASTOLIC, "mm[Hg]", [5.0, 250.0], PRESSURE, PRESSURE_REMEDY),
    sign(
        "heart_rate",
        vital::HEART_RATE,
        "/min",
        [5.0, 400.0],
        "us-core-heart-rate",
        "give beats a minute, such as 72",
    ),
    sign(
        "respiratory_rate",
        vital::RESPIRATORY_RATE,
        "/min",
        [1.0, 150.0],
        "us-core-respiratory-rate",
        "give breaths a minute, such as 16",
    ),
    sign(
        "temperature_c",
        vital::TEMPERATURE,
        "Cel",
        [13.0, 46.0],
        "us-core-body-temperature",
        "give degrees Celsius: 98.6 Fahrenheit are 37.0",
    ),
    sign(
        "oxygen_saturation",
        vital::PULSE_OXIMETRY,
        "%",
        [10.0, 100.0],
        "us-core-pulse-oximetry",
        "give percent, such as 97",
    ),
    sign(
        "weight_kg",
        vital::WEIGHT,
        "kg",
        [0.2, 650.0],
        "us-core-body-weight",
        "give kilograms: 154 pounds are 70",
    ),
    sign(
        "height_cm",
        vital::HEIGHT,
        "cm",
        [20.0, 280.0],
        "us-core-body-height",
        "give centimetres: 1.75 metres are 175",
    ),
];

/// What was measured at one time. Fields left out were not measured.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordVitals {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The encounter's id, or `Encounter/ID`; the patient's present stay when left out.
    pub encounter: Entered,
    /// Systolic blood pressure, mmHg.
    pub systolic: Entered,
    /// Diastolic blood pressure, mmHg.
    pub diastolic: Entered,
    /// Beats a minute.
    pub heart_rate: Entered,
    /// Breaths a minute.
    pub respiratory_rate: Entered,
    /// Degrees Celsius.
    pub temperature_c: Entered,
    /// Percent, by pulse oximeter.
    pub oxygen_saturation: Entered,
    /// Kilograms.
    pub weight_kg: Entered,
    /// Centimetres.
    pub height_cm: Entered,
}

/// What the hospital knows about a measurement.
#[derive(Debug, Clone, Default)]
pub struct VitalsFacts<'a> {
    /// The patient, if there is one.
    pub patient: Option<&'a Value>,
    /// The encounter it belongs to, if any.
    pub encounter: Option<&'a Value>,
}

/// Records vital signs: one Observation for each (US Core vital signs profiles), blood pressure as one with two
/// components.
///
/// # Errors
/// [`EhrError::Fields`]: among others for values no living body can have.
pub fn record_vitals(
    command: &RecordVitals,
    facts: &VitalsFacts<'_>,
    now_us: i64,
    new_id: &mut dyn FnMut() -> String,
) -> Result<Vec<Value>, EhrError> {
    let mut problems = Problems::default();
    if facts.patient.is_none() {
        problems.add("patient", "there is no such patient", "look the record up");
    }
    if command.encounter.text().is_some() && facts.encounter.is_none() {
        problems.add(
            "encounter",
            "there is no such encounter of this patient",
            "leave it empty, or look it up",
        );
    }
    let entered = command.entered();
    let values = SIGNS.iter().zip(entered).map(|(sign, entered)| read(&mut problems, sign, entered));
    let values: Vec<Option<(f64, Number)>> = values.collect();
    check_pressure(&mut problems, &values, entered);
    if entered.iter().all(|field| field.text().is_none() && !field.is_nested()) {
        problems.add("systolic", "no vital sign was given", "fill in at least one");
    }
    problems.settle()?;
    let mut observations = Vec::new();
    let mut write = |observation: Value| observations.push(observation);
    if let [Some((_, systolic)), Some((_, diastolic)), ..] = values.as_slice() {
        let mut panel = observation(&SIGNS[0], &vital::BLOOD_PRESSURE, facts, now_us, &new_id());
        panel["component"] = json!([
            {"code": concept(&SIGNS[0].code), "valueQuantity": quantity(&SIGNS[0], systolic)},
            {"code": concept(&SIGNS[1].code), "valueQuantity": quantity(&SIGNS[1], diastolic)},
        ]);
        write(panel);
    }
    for (sign, value) in SIGNS.iter().zip(&values).skip(2) {
        if let Some((_, value)) = value {
            let mut single = observation(sign, &sign.code, facts, now_us, &new_id());
            single["valueQuantity"] = quantity(sign, value);
            write(single);
        }
    }
    Ok(observations)
}

impl RecordVitals {
    /// The fields of [`SIGNS`], in that order.
    fn entered(&self) -> [&Entered; 8] {
        [
            &self.systolic,
            &self.diastolic,
            &self.heart_rate,
            &self.respiratory_rate,
            &self.temperature_c,
            &self.oxygen_saturation,
            &self.weight_kg,
            &self.height_cm,
        ]
    }
}

fn read(problems: &mut Problems, sign: &Sign, entered: &Entered) -> Option<(f64, Number)> {
    let (value, number) = problems.number(sign.field, entered)?;
    if !(sign.low..=sign.high).contains(&value) {
        let what = format!(
            "{number} {} is not possible in a living person ({} to {})",
            sign.unit, sign.low, sign.high
        );
        problems.add(sign.field, what, sign.remedy);
    }
    Some((value, number))
}

fn check_pressure(problems: &mut Problems, values: &[Option<(f64, Number)>], entered: [&Entered; 8]) {
    let given = |at: usize| entered[at].text().is_some();
    for (missing, other) in [(0, 1), (1, 0)] {
        if !given(missing) && given(other) {
            problems.add(SIGNS[missing].field, "is missing", "give both blood pressures, or neither");
        }
    }
    if let [Some((systolic, _)), Some((diastolic, _)), ..] = values
        && systolic <= diastolic
    {
        let what = format!("{systolic} is not above the diastolic pressure of {diastolic}");
        problems.add("systolic", what, "check whether the two were swapped");
    }
}

fn observation(sign: &Sign, code: &Code, facts: &VitalsFacts<'_>, now_us: i64, id: &str) -> Value {
    let mut code = concept(code);
    if sign.code == vital::PULSE_OXIMETRY {
        // US Core Pulse Oximetry asks for both LOINC codes.
        code["coding"] = json!([coding(&vital::PULSE_OXIMETRY), coding(&vital::OXYGEN_SATURATION)]);
    }
    let about = |resource: Option<&Value>, kind: &str| {
        resource.map(|resource| json!({"reference": format!("{kind}/{}", id_of(resource))}))
    };
    let mut observation = json!({
        "resourceType": "Observation",
        "id": id,
        "meta": meta(sign.profile),
        "status": "final",
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "vital-signs",
            "display": "Vital Signs",
        }]}],
        "code": code,
        "subject": about(facts.patient, "Patient"),
    });
    if let Some(encounter) = about(facts.encounter, "Encounter") {
        observation["encounter"] = encounter;
    }
    observation["effectiveDateTime"] = instant_text(now_us).into();
    observation
}

fn quantity(sign: &Sign, value: &Number) -> Value {
    json!({"value": value, "unit": sign.unit, "system": UCUM, "code": sign.unit})
}
