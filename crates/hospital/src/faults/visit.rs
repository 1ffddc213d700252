//! A visit for a record that would otherwise be an empty shell.

use serde_json::{Value, json};

use super::Ground;
use crate::calendar::{DAY_US, MINUTE_US, instant_text};
use crate::codes::{Code, UCUM, diagnosis, visit, vital};
use crate::meta::meta;
use crate::random::Stream;

/// Adds the patient, a sick visit some weeks ago, and the signs taken in it.
pub(super) fn add_visit(
    patient: &Value,
    ground: &mut Ground<'_>,
    stream: &mut Stream,
    resources: &mut Vec<Value>,
) {
    let start_us = ground.now_us - stream.between(5, 90) * DAY_US - stream.between(0, 300) * MINUTE_US;
    let subject = reference("Patient", patient);
    let encounter = json!({
        "resourceType": "Encounter",
        "id": (ground.new_id)(),
        "meta": meta("us-core-encounter"),
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB", "display": "ambulatory"},
        "type": [concept(&visit::SICK_VISIT)],
        "subject": subject,
        "period": {"start": instant_text(start_us), "end": instant_text(start_us + 25 * MINUTE_US)},
        "reasonCode": [concept(&diagnosis::UPPER_RESPIRATORY)],
    });
    let at = instant_text(start_us + 6 * MINUTE_US);
    let within = reference("Encounter", &encounter);
    resources.extend([patient.clone(), encounter]);
    for (code, profile, value) in draw_signs(stream) {
        let mut sign = json!({
            "resourceType": "Observation",
            "id": (ground.new_id)(),
            "meta": meta(profile),
            "status": "final",
            "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}]}],
            "code": concept(code),
            "subject": subject,
            "encounter": within,
            "effectiveDateTime": at,
        });
        let (name, value) = value;
        sign[name] = value;
        resources.push(sign);
    }
}

/// What was measured: code, profile, and the member that holds the value.
type Sign = (&'static Code, &'static str, (&'static str, Value));

fn draw_signs(stream: &mut Stream) -> [Sign; 3] {
    let mmhg =
        |code, value| json!({"code": concept(code), "valueQuantity": quantity(&json!(value), "mm[Hg]")});
    let pressure = json!([
        mmhg(&vital::SYSTOLIC, stream.between(112, 148)),
        mmhg(&vital::DIASTOLIC, stream.between(66, 90)),
    ]);
    let beats = quantity(&json!(stream.between(62, 96)), "/min");
    let warmth = quantity(&json!(stream.between(366, 383) as f64 / 10.0), "Cel");
    [
        (&vital::BLOOD_PRESSURE, "us-core-blood-pressure", ("component", pressure)),
        (&vital::HEART_RATE, "us-core-heart-rate", ("valueQuantity", beats)),
        (&vital::TEMPERATURE, "us-core-body-temperature", ("valueQuantity", warmth)),
    ]
}

fn quantity(value: &Value, unit: &str) -> Value {
    json!({"value": value, "unit": unit, "system": UCUM, "code": unit})
}

fn concept(code: &Code) -> Value {
    json!({"coding": [{"system": code.system, "code": code.code, "display": code.display}]})
}

fn reference(kind: &str, resource: &Value) -> Value {
    json!({"reference": format!("{kind}/{}", resource["id"].as_str().unwrap_or_default())})
}
