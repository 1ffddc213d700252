//! Values that must meet in one element.

use serde_json::{Value, json};

use super::read;
use crate::fhir::search::{extract, matches};

fn found(resource: &Value, query: &str) -> bool {
    let query = read(resource["resourceType"].as_str().unwrap(), query);
    assert_eq!(query.problems, []);
    matches(&query, resource, &extract(resource))
}

fn check(resource: &Value, cases: &[(&str, bool)]) {
    for (query, expected) in cases {
        assert_eq!(found(resource, query), *expected, "{query} on {resource}");
    }
}

fn concept(code: &str) -> Value {
    json!({"coding": [{"system": "http://loinc.org", "code": code}]})
}

#[test]
fn parts_of_a_composite_meet_in_one_component() {
    let pressure =
        |code, value| json!({"code": concept(code), "valueQuantity": {"value": value, "unit": "mmHg"}});
    let observation = json!({
        "resourceType": "Observation", "id": "o", "code": concept("85354-9"),
        "component": [pressure("8480-6", 150), pressure("8462-4", 90), {"code": concept("8478-0")}],
    });
    check(
        &observation,
        &[
            ("component-code-value-quantity=8480-6$150", true),
            ("component-code-value-quantity=http://loinc.org|8480-6$gt140||mmHg", true),
            ("component-code-value-quantity=8480-6$lt100", false),
            ("component-code-value-quantity=8462-4$150,8462-4$90", true),
            ("combo-code-value-quantity=8462-4$le90", true),
            ("combo-code-value-quantity=85354-9$gt0", false),
            ("code-value-quantity=85354-9$gt0", false),
            ("component-code-value-quantity=8478-0$gt0", false),
            ("component-code-value-quantity:missing=false", true),
            ("code-value-quantity:missing=true", true),
        ],
    );
}

#[test]
fn parts_of_every_kind() {
    let observation = |name: &str, value: Value| {
        let mut observation = json!({"resourceType": "Observation", "code": concept("1")});
        observation[name] = value;
        observation
    };
    check(
        &observation("valueString", json!("Positive for x")),
        &[("code-value-string=1$positive", true), ("code-value-string=2$positive", false)],
    );
    check(
        &observation("valuePeriod", json!({"start": "2024-03-01", "end": "2024-03-05"})),
        &[("code-value-date=1$2024-03", true), ("code-value-date=1$gt2024-04", false)],
    );
    check(
        &observation("valueCodeableConcept", concept("2")),
        &[("code-value-concept=1$http://loinc.org|2", true), ("combo-code-value-concept=1$1", false)],
    );
    let document = json!({
        "resourceType": "DocumentReference",
        "relatesTo": [
            {"code": "replaces", "target": {"reference": "DocumentReference/a"}},
            {"code": "appends", "target": {"reference": "DocumentReference/b"}},
        ],
    });
    check(
        &document,
        &[
            ("relationship=replaces$a", true),
            ("relationship=replaces$DocumentReference/b", false),
            ("relationship=http://hl7.org/fhir/document-relationship-type|appends$b", true),
        ],
    );
    let group = json!({
        "resourceType": "Group",
        "characteristic": [{"code": concept("1"), "valueBoolean": true}, {"code": concept("2"), "valueCodeableConcept": concept("3")}],
    });
    check(
        &group,
        &[
            ("characteristic-value=1$true", true),
            ("characteristic-value=2$3", true),
            ("characteristic-value=1$3", false),
        ],
    );
    let sequence = json!({
        "resourceType": "MolecularSequence",
        "referenceSeq": {"referenceSeqId": concept("seq"), "windowStart": 10, "windowEnd": 20},
        "variant": [{"start": 12, "end": 13}, {"start": 15, "end": 16}],
    });
    check(
        &sequence,
        &[
            ("referenceseqid-window-coordinate=seq$10$20", true),
            ("referenceseqid-variant-coordinate=seq$12$13", true),
            ("referenceseqid-variant-coordinate=seq$12$16", false),
        ],
    );
}

#[test]
fn an_identifier_by_its_type() {
    let kind = |code: &str| json!({"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": code}], "text": "Record Number"});
    let patient = json!({
        "resourceType": "Patient",
        "identifier": [{"type": kind("MR"), "value": "1"}, {"type": kind("SS"), "value": "2"}, {"value": "3"}],
    });
    check(
        &patient,
        &[
            ("identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|1", true),
            ("identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|2", false),
            ("identifier:of-type=|SS|2", true),
            ("identifier:of-type=http://else.example|SS|2", false),
            ("identifier:of-type=|MR|3", false),
            ("identifier:text=record num", true),
            ("identifier:text=number", false),
        ],
    );
}
