//! `$validate` with profiles: claimed, asked for, and against what the hospital holds.

use serde_json::{Value, json};

use super::desk::{Desk, desk, refused};

const HEIGHT: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-body-height";

fn height() -> Value {
    json!({"resourceType": "Observation", "id": "h", "meta": {"profile": [HEIGHT]}, "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "8302-2"}]},
        "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2024-05-01",
        "valueQuantity": {"value": 171, "unit": "cm", "system": "http://unitsofmeasure.org", "code": "cm"}})
}

impl Desk {
    fn validate(&self, at: &str, parameters: &Value) -> Vec<(String, String)> {
        let body = json!({"resourceType": "Parameters", "parameter": parameters}).to_string();
        let outcome = self.operate(at, "validate", "", Some(&body)).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let issues = outcome["issue"].as_array().unwrap().iter();
        let errors = issues.filter(|issue| issue["severity"] == "error");
        errors.map(|issue| (text(&issue["expression"][0]), text(&issue["diagnostics"]))).collect()
    }
}

fn asked(resource: &Value) -> Value {
    json!([{"name": "resource", "resource": resource}])
}

#[test]
fn what_breaks_a_profile_is_told_with_its_place() {
    let desk = desk();
    assert_eq!(desk.validate("Observation", &asked(&height())), []);
    let cases = [
        ("/category", json!([{"text": "vital"}]), "Observation.category", "slice `VSCat`"),
        ("/effectiveDateTime", Value::Null, "Observation.effective", "us-core-body-height requires it"),
        ("/code/coding/0/code", json!("8867-4"), "Observation.code", "requires at least"),
        ("/subject/reference", json!("Group/g"), "Observation.subject", "points to a Group"),
        ("/valueQuantity/system", json!("http://x.example"), "Observation.value.system", "requires exactly"),
    ];
    for (pointer, value, place, words) in cases {
        let mut broken = height();
        match value {
            Value::Null => drop(broken.as_object_mut().unwrap().remove(&pointer[1..])),
            value => *broken.pointer_mut(pointer).unwrap() = value,
        }
        let errors = desk.validate("Observation", &asked(&broken));
        let found = errors.iter().any(|(at, text)| at.starts_with(place) && text.contains(words));
        assert!(found, "{pointer}: {errors:?}");
    }
}

#[test]
fn a_profile_can_be_asked_for_and_must_be_known() {
    let desk = desk();
    let mut plain = height();
    plain.as_object_mut().unwrap().remove("meta");
    plain.as_object_mut().unwrap().remove("effectiveDateTime");
    assert_eq!(desk.validate("Observation", &asked(&plain)), []);
    let with =
        |url: &str| json!([{"name": "resource", "resource": plain}, {"name": "profile", "valueUri": url}]);
    assert_eq!(desk.validate("Observation", &with(HEIGHT))[0].0, "Observation.effective");
    assert!(desk.validate("Observation", &with("http://x.example/none"))[0].1.contains("not known here"));
    let other = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient";
    assert!(desk.validate("Observation", &with(other))[0].1.contains("is a profile for Patient"));
}

#[test]
fn the_target_of_a_reference_is_held_to_its_profile_where_it_is_stored() {
    let desk = desk();
    desk.update("Patient", "p", &json!({"resourceType": "Patient", "id": "p", "gender": "female"})).unwrap();
    let errors = desk.validate("Observation", &asked(&height()));
    assert!(errors[0].1.starts_with("Patient/p must keep us-core-patient"), "{errors:?}");
}

#[test]
fn modes_are_asked_where_they_make_sense() {
    let desk = desk();
    desk.update("Observation", "h", &height()).unwrap();
    let operate = |at: &str, query: &str| desk.operate(at, "validate", query, None);
    assert!(operate("Observation/h", "mode=delete").unwrap().to_string().contains("can be deleted"));
    assert!(operate("Observation/h", &format!("mode=profile&profile={HEIGHT}")).is_ok());
    for (at, query) in [
        ("Observation/h", "mode=create"),
        ("Observation", "mode=update"),
        ("Observation/h", "mode=profile"),
        ("Observation/h", "mode=nonsense"),
        ("Observation/h", "nonsense=1"),
    ] {
        assert_eq!(refused(operate(at, query)), platform::fhir::Refusal::Malformed, "{at} {query}");
    }
    let update = json!([{"name": "resource", "resource": height()}, {"name": "mode", "valueCode": "update"}]);
    assert_eq!(desk.validate("Observation/h", &update), []);
    desk.update(
        "Observation",
        "i",
        &json!({"resourceType": "Observation", "id": "i", "status": "final", "code": {"text": "x"}}),
    )
    .unwrap();
    assert_eq!(desk.validate("Observation/i", &update)[0].0, "Observation.id");
}
