//! How long it takes to hold an observation to its profile of US Core, in microseconds.
//!
//! `cargo run --release --example validation_speed -p fhirpath [TIMES]`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::time::Instant;

use fhirpath::{Engine, Rule};
use serde_json::{Value, json};
use standards::fhir::profile::{Place, Profiles, Surroundings, Validator};
use standards::fhir::terminology::Terminology;

/// Rules are evaluated; references lead nowhere, so that nothing but the observation is looked at.
struct Alone(Engine);

impl Surroundings for Alone {
    fn resolve(&self, _: &str) -> Option<Value> {
        None
    }

    fn holds(&self, expression: &str, place: &Place<'_>) -> Result<bool, String> {
        self.0.holds(&Rule::at(expression, place)).map_err(|problem| problem.reason)
    }
}

fn main() {
    let times: u32 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(5_000);
    let alone = Alone(Engine::new());
    for (name, observation) in [("body height", body_height()), ("blood pressure", blood_pressure())] {
        let once = || {
            let terminology = Terminology::r4();
            let issues =
                Validator::new(Profiles::shipped(), &terminology, &alone).validate(&observation, &[]);
            issues.iter().filter(|issue| issue.is_error()).count()
        };
        // The first time reads the profiles and compiles their rules.
        assert_eq!(once(), 0, "{name} does not keep its profile");
        let begun = Instant::now();
        for _ in 0..times {
            assert_eq!(once(), 0);
        }
        println!("{name}: {:.1} us", begun.elapsed().as_secs_f64() * 1e6 / f64::from(times));
    }
}

fn body_height() -> Value {
    vital_sign("us-core-body-height", "8302-2", json!({"valueQuantity": quantity(171.0, "cm")}))
}

fn blood_pressure() -> Value {
    let part = |code: &str, value: f64| json!({"code": {"coding": [{"system": "http://loinc.org", "code": code}]}, "valueQuantity": quantity(value, "mm[Hg]")});
    let parts = json!({"component": [part("8480-6", 128.0), part("8462-4", 82.0)]});
    vital_sign("us-core-blood-pressure", "85354-9", parts)
}

fn quantity(value: f64, unit: &str) -> Value {
    json!({"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit})
}

fn vital_sign(profile: &str, code: &str, found: Value) -> Value {
    let mut observation = json!({
        "resourceType": "Observation",
        "id": "measured",
        "meta": {"profile": [format!("http://hl7.org/fhir/us/core/StructureDefinition/{profile}")]},
        "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": "Patient/elsewhere"},
        "effectiveDateTime": "2031-03-04T06:00:00Z",
    });
    let (Value::Object(all), Value::Object(found)) = (&mut observation, found) else { return observation };
    all.extend(found);
    observation
}
