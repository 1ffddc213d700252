//! Every data type, as each kind of search reads it.

use serde_json::json;

use super::values_of;
use crate::fhir::search::{IndexEntry, extract};

#[test]
fn values_by_data_type() {
    let patient = json!({
        "resourceType": "Patient",
        "id": "1",
        "meta": {
            "lastUpdated": "2024-01-01T00:00:00Z",
            "profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|6.1.0"],
            "tag": [{"system": "http://tags.example", "code": "HTEST"}],
        },
        "extension": [{
            "url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
            "extension": [
                {"url": "ombCategory", "valueCoding": {"system": "urn:oid:2.16.840.1.113883.6.238", "code": "2106-3"}},
                {"url": "text", "valueString": "White"},
            ],
        }],
        "identifier": [
            {"system": "https://practicum.example/mrn", "value": "M1"}, {"value": "loose"}, {"system": "http://empty.example"},
        ],
        "active": true,
        "name": [{"use": "official", "text": "Zoë van Dijk", "family": "van Dijk", "given": ["Zoë", null, "M."], "period": {"start": "2001"}}],
        "telecom": [{"system": "phone", "value": "555-1"}, {"system": "email", "value": "z@x.example"}],
        "gender": "female",
        "birthDate": "1980-05",
        "address": [{"use": "home", "line": ["1 Elm St"], "city": "Salem", "state": "OR", "postalCode": "97301"}],
        "generalPractitioner": [{"reference": "Practitioner/9/_history/4"}, {"reference": "#inside"}, {"display": "Dr Who"}],
        "communication": [{"language": {"coding": [{"code": "en"}, {"system": "urn:ietf:bcp:47", "code": "en-US"}], "text": "English"}}],
    });
    for (code, expected) in [
        ("_id", vec![]),
        ("_lastUpdated", vec![]),
        ("_tag", vec!["http://tags.example|HTEST"]),
        (
            "_profile",
            vec![
                "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient",
                "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|6.1.0",
            ],
        ),
        ("race", vec!["urn:oid:2.16.840.1.113883.6.238|2106-3"]),
        ("identifier", vec!["-|loose", "https://practicum.example/mrn|M1"]),
        ("active", vec!["-|true"]),
        ("name", vec!["m. (M.)", "van dijk (van Dijk)", "zoe (Zoë)", "zoe van dijk (Zoë van Dijk)"]),
        ("family", vec!["van dijk (van Dijk)"]),
        ("phone", vec!["phone|555-1"]),
        ("telecom", vec!["email|z@x.example", "phone|555-1"]),
        ("gender", vec!["-|female"]),
        ("birthdate", vec!["1980-05-01T00:00:00Z to 1980-06-01T00:00:00Z"]),
        ("deceased", vec!["-|false"]),
        ("address", vec!["1 elm st (1 Elm St)", "97301 (97301)", "or (OR)", "salem (Salem)"]),
        ("address-use", vec!["-|home"]),
        ("general-practitioner", vec!["Practitioner/9"]),
        ("language", vec!["-|en", "urn:ietf:bcp:47|en-US"]),
        ("link", vec![]),
    ] {
        assert_eq!(values_of(&patient, code), expected, "{code}");
    }
}

#[test]
fn dates_of_every_shape() {
    for (member, value, expected) in [
        (
            "effectiveDateTime",
            json!("2024-03-01T10:00:00+02:00"),
            "2024-03-01T08:00:00Z to 2024-03-01T08:00:01Z",
        ),
        (
            "effectiveInstant",
            json!("2024-03-01T10:00:00.25Z"),
            "2024-03-01T10:00:00.25Z to 2024-03-01T10:00:00.26Z",
        ),
        (
            "effectivePeriod",
            json!({"start": "2024", "end": "2025-06"}),
            "2024-01-01T00:00:00Z to 2025-07-01T00:00:00Z",
        ),
        ("effectivePeriod", json!({"start": "2024"}), "2024-01-01T00:00:00Z to open"),
        ("effectivePeriod", json!({"end": "2024"}), "open to 2025-01-01T00:00:00Z"),
        ("effectivePeriod", json!({"start": "2025", "end": "2024"}), ""),
        ("effectivePeriod", json!({}), ""),
        (
            "effectiveTiming",
            json!({"event": ["2024-05-02", "2024-05-01"]}),
            "2024-05-01T00:00:00Z to 2024-05-03T00:00:00Z",
        ),
        (
            "effectiveTiming",
            json!({"repeat": {"boundsPeriod": {"start": "2024"}}}),
            "2024-01-01T00:00:00Z to open",
        ),
        ("effectiveTiming", json!({"repeat": {"frequency": 1}}), ""),
        ("effectiveDateTime", json!("yesterday"), ""),
    ] {
        let observation = json!({"resourceType": "Observation", member: value});
        assert_eq!(values_of(&observation, "date").join(" and "), expected, "{observation}");
    }
}

#[test]
fn amounts_of_every_shape() {
    let ucum = "http://unitsofmeasure.org";
    for (resource_type, member, value, code, expected) in [
        (
            "Observation",
            "valueQuantity",
            json!({"value": 5.4, "unit": "mg/dL", "system": ucum, "code": "mg/dL"}),
            "value-quantity",
            "5.4..5.4 http://unitsofmeasure.org|mg/dL mg/dL",
        ),
        (
            "Observation",
            "valueQuantity",
            json!({"value": 5, "comparator": "<"}),
            "value-quantity",
            "-inf..5 | ",
        ),
        (
            "Observation",
            "valueQuantity",
            json!({"value": 5, "comparator": ">="}),
            "value-quantity",
            "5..inf | ",
        ),
        ("Observation", "valueQuantity", json!({"unit": "mg"}), "value-quantity", ""),
        (
            "Observation",
            "valueSampledData",
            json!({"origin": {"value": 0}, "period": 10, "dimensions": 1}),
            "value-quantity",
            "",
        ),
        (
            "Condition",
            "onsetAge",
            json!({"value": 52, "unit": "years", "system": ucum, "code": "a"}),
            "onset-age",
            "52..52 http://unitsofmeasure.org|a years",
        ),
        (
            "Condition",
            "onsetRange",
            json!({"low": {"value": 40, "unit": "y"}, "high": {"value": 50, "unit": "y"}}),
            "onset-age",
            "40..50 | y",
        ),
        ("Condition", "onsetRange", json!({"high": {"value": 50, "unit": "y"}}), "onset-age", "-inf..50 | y"),
        (
            "Invoice",
            "totalNet",
            json!({"value": 12.5, "currency": "EUR"}),
            "totalnet",
            "12.5..12.5 urn:iso:std:iso:4217|EUR ",
        ),
        ("ChargeItem", "factorOverride", json!(0.8), "factor-override", "0.8..0.8"),
        ("RiskAssessment", "prediction", json!([{"probabilityDecimal": 0.1}]), "probability", "0.1..0.1"),
        (
            "RiskAssessment",
            "prediction",
            json!([{"probabilityRange": {"low": {"value": 1}}}]),
            "probability",
            "1..inf",
        ),
    ] {
        let resource = json!({"resourceType": resource_type, member: value});
        assert_eq!(values_of(&resource, code).join(" and "), expected, "{resource}");
    }
}

#[test]
fn links_of_every_shape() {
    for (resource, code, expected) in [
        (json!({"resourceType": "Observation", "subject": {"reference": "Group/1"}}), "subject", "Group/1"),
        (json!({"resourceType": "Observation", "subject": {"reference": "Group/1"}}), "patient", ""),
        (
            json!({"resourceType": "Observation", "subject": {"reference": "Patient/1"}}),
            "patient",
            "Patient/1",
        ),
        (
            json!({"resourceType": "Observation", "subject": {"reference": "http://far.example/fhir/Patient/1"}}),
            "patient",
            "http://far.example/fhir/Patient/1",
        ),
        (
            json!({"resourceType": "MedicationRequest", "medicationReference": {"reference": "Medication/m"}}),
            "medication",
            "Medication/m",
        ),
        (
            json!({"resourceType": "QuestionnaireResponse", "questionnaire": "http://x.example/q|2"}),
            "questionnaire",
            "http://x.example/q",
        ),
        (
            json!({"resourceType": "Consent", "sourceAttachment": {"url": "http://x.example/form.pdf"}}),
            "source-reference",
            "http://x.example/form.pdf",
        ),
        (json!({"resourceType": "ValueSet", "url": "http://x.example/vs"}), "url", "http://x.example/vs"),
    ] {
        assert_eq!(values_of(&resource, code).join(" and "), expected, "{code} of {resource}");
    }
}

#[test]
fn unexpected_shapes_are_passed_over() {
    for resource in [
        json!(null),
        json!([]),
        json!({"resourceType": 7}),
        json!({"resourceType": "Pateint", "name": "x"}),
        json!({"resourceType": "Binary"}),
        json!({"resourceType": "Observation", "code": 7, "subject": [[]], "effectiveDateTime": {}, "valueQuantity": "x", "status": {"coding": {}}}),
    ] {
        let entries = extract(&resource);
        assert!(entries.iter().all(|entry| super::words(entry) == "-|7"), "{resource}: {entries:?}");
    }
}

#[test]
fn entries_are_sorted_and_each_there_once() {
    let resource =
        json!({"resourceType": "Patient", "name": [{"family": "Li"}, {"family": "Li"}, {"family": "Ab"}]});
    let entries = extract(&resource);
    assert!(entries.is_sorted_by(|a, b| a.order(b).is_lt()));
    assert_eq!(values_of(&resource, "family"), ["ab (Ab)", "li (Li)"]);
    assert_eq!(entries.iter().filter(|entry| **entry == entries[0]).count(), 1);
}

#[test]
fn the_order_is_total() {
    let resource =
        json!({"resourceType": "Patient", "gender": "male", "birthDate": "1980", "name": [{"family": "Li"}]});
    let entries = extract(&resource);
    for (at, entry) in entries.iter().enumerate() {
        let below: Vec<&IndexEntry> = entries.iter().filter(|other| other.order(entry).is_lt()).collect();
        assert_eq!(below.len(), at);
    }
}
