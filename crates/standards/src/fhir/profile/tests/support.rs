//! Which must-support elements a resource has.

use serde_json::{Value, json};

use super::small::Nothing;
use crate::fhir::profile::{Profiles, Validator};
use crate::fhir::terminology::Terminology;

/// The must-support elements of a profile of US Core that a resource lacks.
fn lacking(profile: &str, resource: &Value) -> Vec<String> {
    let url = format!("http://hl7.org/fhir/us/core/StructureDefinition/{profile}");
    let (terminology, profile) = (Terminology::r4(), Profiles::shipped().find(&url).unwrap());
    let supported = Validator::new(Profiles::shipped(), &terminology, &Nothing).supported(resource, profile);
    supported.into_iter().filter(|(_, is_there)| !is_there).map(|(path, _)| path).collect()
}

#[test]
fn absent_elements_are_listed_and_those_below_them_are_not() {
    let encounter = json!({
        "resourceType": "Encounter",
        "identifier": [{"value": "1"}],
        "status": "finished",
        "class": {"code": "AMB"},
        "type": [{"text": "visit"}],
        "subject": {"reference": "Patient/a"},
        "period": {"start": "2031-03-04"},
        "participant": [{"individual": {"reference": "Practitioner/b"}}],
    });
    let expected = [
        "Encounter.hospitalization",
        "Encounter.identifier.system",
        "Encounter.location",
        "Encounter.participant.period",
        "Encounter.participant.type",
        "Encounter.reasonCode",
        "Encounter.reasonReference",
        "Encounter.serviceProvider",
    ];
    assert_eq!(lacking("us-core-encounter", &encounter), expected);
}

#[test]
fn slices_are_looked_at_one_by_one() {
    let part = |code: &str, more: Value| {
        let mut part = json!({"code": {"coding": [{"system": "http://loinc.org", "code": code}]}});
        part.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        part
    };
    let pressure = json!({
        "resourceType": "Observation",
        "component": [part("8480-6", json!({"valueQuantity": {"value": 120, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}})), part("8462-4", json!({}))],
    });
    let lacking = lacking("us-core-blood-pressure", &pressure);
    let of_parts: Vec<&str> =
        lacking.iter().map(String::as_str).filter(|path| path.contains("component:")).collect();
    let expected = [
        "Observation.component:diastolic.dataAbsentReason",
        "Observation.component:diastolic.value[x]",
        "Observation.component:systolic.dataAbsentReason",
    ];
    assert_eq!(of_parts, expected);
}
