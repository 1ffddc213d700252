use serde_json::{Value, json};

use super::small::{finds, issues, profile};

fn with(element: &Value, resource: &Value, expected: &str) {
    let kind = resource["resourceType"].as_str().unwrap();
    finds(&profile(kind, &json!([element])), resource, expected);
}

#[test]
fn each_demand_is_held() {
    let patient = json!({"resourceType": "Patient", "gender": "male", "deceasedBoolean": true,
        "name": [{"family": "A"}, {"family": "B"}], "maritalStatus": {"coding": [{"system": "urn:x", "code": "M"}]},
        "generalPractitioner": [{"reference": "Organization/1"}]});
    let cases = [
        (
            json!({"id": "Patient.photo", "min": 1}),
            "error Patient.photo `photo` is missing; profile requires it",
        ),
        (
            json!({"id": "Patient.name", "min": 3}),
            "error Patient.name `name` is there 2 times; profile requires at least 3",
        ),
        (
            json!({"id": "Patient.name", "max": "1"}),
            "error Patient.name `name` is there 2 times; profile allows at most 1",
        ),
        (
            json!({"id": "Patient.name", "max": "0"}),
            "error Patient.name `name` is there; profile does not allow it",
        ),
        (
            json!({"id": "Patient.deceased[x]", "type": [{"code": "dateTime"}]}),
            "error Patient.deceased is a boolean; profile allows dateTime",
        ),
        (json!({"id": "Patient.gender", "fixedCode": "male"}), ""),
        (
            json!({"id": "Patient.gender", "fixedCode": "female"}),
            "error Patient.gender profile requires exactly \"female\"",
        ),
        (json!({"id": "Patient.maritalStatus", "patternCodeableConcept": {"coding": [{"code": "M"}]}}), ""),
        (
            json!({"id": "Patient.maritalStatus", "patternCodeableConcept": {"coding": [{"code": "S"}]}}),
            "error Patient.maritalStatus profile requires at least",
        ),
        (
            json!({"id": "Patient.generalPractitioner", "type": [{"code": "Reference", "targetProfile": ["http://hl7.org/fhir/StructureDefinition/Practitioner"]}]}),
            "error Patient.generalPractitioner[0] points to a Organization; profile allows Practitioner",
        ),
        (
            json!({"id": "Patient.photo", "mustSupport": true}),
            "information Patient profile marks these elements as must-support, and they are absent: Patient.photo;",
        ),
        (
            json!({"id": "Patient", "constraint": [{"key": "k", "severity": "error", "human": "Be so", "expression": "true"}]}),
            "",
        ),
        (
            json!({"id": "Patient", "constraint": [{"key": "k", "severity": "error", "human": "Be so", "expression": "false"}]}),
            "error Patient k of profile: Be so",
        ),
        (
            json!({"id": "Patient.name", "constraint": [{"key": "k", "severity": "warning", "human": "Be so", "expression": "maybe"}]}),
            "information Patient.name[0] not checked: rule k, \"Be so\", because it is odd",
        ),
    ];
    for (element, expected) in cases {
        let resource = match element["constraint"][0]["expression"] == "maybe" {
            true => json!({"resourceType": "Patient", "name": [{"family": "A"}]}),
            false => patient.clone(),
        };
        with(&element, &resource, expected);
    }
}

#[test]
fn codes_are_held_to_their_value_sets_as_strictly_as_the_binding() {
    let set = "http://hl7.org/fhir/ValueSet/marital-status";
    let system = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus";
    let bound = |strength: &str, set: &str| json!({"id": "Patient.maritalStatus", "binding": {"strength": strength, "valueSet": set}});
    let of = |concept: Value| json!({"resourceType": "Patient", "maritalStatus": concept});
    let coded = |system: &str, code: &str| of(json!({"coding": [{"system": system, "code": code}]}));
    let text = of(json!({"text": "it is complicated"}));
    let other = coded("http://x.example", "M");
    let cases = [
        ("required", set, coded(system, "M"), ""),
        ("required", set, other.clone(), "error Patient.maritalStatus `M` of http://x.example is not in"),
        ("required", set, text.clone(), "error Patient.maritalStatus profile requires a code of"),
        ("extensible", set, text, ""),
        ("extensible", set, other.clone(), "warning Patient.maritalStatus `M` of http://x.example is not in"),
        ("preferred", set, other.clone(), ""),
        (
            "required",
            "http://x.example/set",
            other,
            "information Patient.maritalStatus not checked: whether `M`",
        ),
    ];
    for (strength, set, resource, expected) in cases {
        with(&bound(strength, set), &resource, expected);
    }
    let nonsense = coded(system, "nonsense");
    let found = issues(&profile("Patient", &json!([bound("extensible", set)])), &nonsense);
    assert!(found[0].starts_with("error Patient.maritalStatus `nonsense` is no code of"), "{found:?}");
}

#[test]
fn contents_are_held_where_they_are_referred_to() {
    let profiles = profile(
        "Questionnaire",
        &json!([{"id": "Questionnaire.item.prefix", "min": 1}, {"id": "Questionnaire.item.item", "contentReference": "#Questionnaire.item"}]),
    );
    let nested = json!({"resourceType": "Questionnaire", "item": [{"prefix": "1", "item": [{"text": "x"}]}]});
    finds(&profiles, &nested, "error Questionnaire.item[0].item[0].prefix `prefix` is missing");
}
