use serde_json::{Value, json};

use super::small::{finds, profile};
use crate::fhir::profile::Profiles;

/// Patients whose identifiers have slices `a` (one) and `b` (any number), told apart by system.
fn sliced(rules: &str, ordered: bool) -> Profiles {
    let slice = |name: &str, min: u32, max: &str| json!({"id": format!("Patient.identifier:{name}"), "path": "Patient.identifier", "sliceName": name, "min": min, "max": max});
    let system = |name: &str| json!({"id": format!("Patient.identifier:{name}.system"), "path": "Patient.identifier.system", "fixedUri": format!("urn:{name}")});
    profile(
        "Patient",
        &json!([
            {"id": "Patient.identifier", "path": "Patient.identifier", "slicing":
                {"rules": rules, "ordered": ordered, "discriminator": [{"type": "value", "path": "system"}]}},
            slice("a", 1, "1"), system("a"), slice("b", 0, "*"), system("b"),
        ]),
    )
}

fn patient(systems: &[&str]) -> Value {
    let identifiers: Vec<Value> =
        systems.iter().map(|name| json!({"system": format!("urn:{name}")})).collect();
    json!({"resourceType": "Patient", "identifier": identifiers})
}

#[test]
fn values_fall_into_slices_by_rules_and_order() {
    let cases: [(&str, bool, &[&str], &str); 9] = [
        ("open", false, &["b", "a", "c"], ""),
        (
            "open",
            false,
            &["b"],
            "error Patient.identifier `identifier`, slice `a`, is missing; profile requires it",
        ),
        (
            "open",
            false,
            &["a", "a"],
            "error Patient.identifier `identifier`, slice `a`, is there 2 times; profile allows at most 1",
        ),
        ("closed", false, &["a", "b", "b"], ""),
        (
            "closed",
            false,
            &["a", "c"],
            "error Patient.identifier[1] profile allows no value outside its slices here",
        ),
        ("openAtEnd", false, &["a", "b", "c"], ""),
        (
            "openAtEnd",
            false,
            &["c", "a"],
            "error Patient.identifier[1] profile wants values outside its slices last",
        ),
        ("open", true, &["a", "b"], ""),
        ("open", true, &["b", "a"], "error Patient.identifier[1] profile wants its slices in order"),
    ];
    for (rules, ordered, systems, expected) in cases {
        finds(&sliced(rules, ordered), &patient(systems), expected);
    }
}

/// One slice `s` of the telecoms that must be there once, told apart by this discriminator and these elements of it.
fn telecom(discriminator: &Value, elements: &[Value]) -> Profiles {
    let mut all = vec![
        json!({"id": "Patient.telecom", "path": "Patient.telecom", "slicing": {"rules": "open", "discriminator": [discriminator]}}),
        json!({"id": "Patient.telecom:s", "path": "Patient.telecom", "sliceName": "s", "min": 1, "max": "1"}),
    ];
    all.extend_from_slice(elements);
    profile("Patient", &Value::Array(all))
}

#[test]
fn discriminators_tell_by_existence_pattern_and_extension() {
    let missing = "error Patient.telecom `telecom`, slice `s`, is missing";
    let of = |telecom: Value| json!({"resourceType": "Patient", "telecom": [telecom]});
    let exists = telecom(
        &json!({"type": "exists", "path": "period"}),
        &[json!({"id": "Patient.telecom:s.period", "path": "Patient.telecom.period", "min": 1})],
    );
    finds(&exists, &of(json!({"value": "1", "period": {"start": "2020"}})), "");
    finds(&exists, &of(json!({"value": "1"})), missing);
    let absent = telecom(
        &json!({"type": "exists", "path": "period"}),
        &[json!({"id": "Patient.telecom:s.period", "path": "Patient.telecom.period", "max": "0"})],
    );
    finds(&absent, &of(json!({"value": "1"})), "");
    let pattern = telecom(
        &json!({"type": "pattern", "path": "$this"}),
        &[json!({"id": "Patient.telecom:s.use", "path": "Patient.telecom.use", "patternCode": "home"})],
    );
    finds(&pattern, &of(json!({"use": "home", "value": "1"})), "");
    finds(&pattern, &of(json!({"use": "work"})), missing);
    let unknown = telecom(&json!({"type": "value", "path": "where(use = 'home')"}), &[]);
    finds(&unknown, &of(json!({"use": "work"})), "information Patient.telecom not checked: the slice `s`");
}

#[test]
fn choices_are_sliced_by_type() {
    let profiles = profile(
        "Observation",
        &json!([
            {"id": "Observation.value[x]", "path": "Observation.value[x]", "slicing":
                {"rules": "closed", "discriminator": [{"type": "type", "path": "$this"}]}},
            {"id": "Observation.value[x]:valueQuantity", "path": "Observation.value[x]", "sliceName": "valueQuantity",
                "type": [{"code": "Quantity"}]},
            {"id": "Observation.value[x]:valueQuantity.unit", "path": "Observation.value[x].unit", "min": 1},
        ]),
    );
    let of = |name: &str, value: Value| json!({"resourceType": "Observation", name: value});
    finds(&profiles, &of("valueQuantity", json!({"unit": "kg"})), "");
    finds(
        &profiles,
        &of("valueQuantity", json!({"value": 1})),
        "error Observation.value.unit `unit` is missing",
    );
    finds(
        &profiles,
        &of("valueString", json!("x")),
        "error Observation.value profile allows no value outside",
    );
}
