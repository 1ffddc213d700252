//! From a query string and a resource to yes or no.

use serde_json::{Value, json};

use super::read;
use crate::fhir::search::{extract, matches};

fn check(resource: &Value, query: &str, expected: bool) {
    let resource_type = resource["resourceType"].as_str().unwrap();
    let query = read(resource_type, query);
    assert_eq!(query.problems, []);
    let found = matches(&query, resource, &extract(resource));
    assert_eq!(found, expected, "{:?} on {resource}", query.applied);
}

#[test]
fn patients() {
    let patient = json!({
        "resourceType": "Patient", "id": "1", "meta": {"lastUpdated": "2024-02-01T10:00:00.5Z"},
        "identifier": [{"system": "urn:mrn", "value": "M1"}, {"value": "X"}],
        "name": [{"family": "Smithson", "given": ["Zoë"]}], "birthDate": "1980-05-17", "gender": "female",
    });
    for (query, expected) in [
        ("", true),
        ("_id=1", true),
        ("_id=2,1", true),
        ("_id=2", false),
        ("_lastUpdated=2024-02-01", true),
        ("_lastUpdated=gt2024-02-01T10:00:00.5Z", false),
        ("_lastUpdated=ge2024-02-01T10:00:00.5Z", true),
        ("_lastUpdated=lt2024-02-01", false),
        ("name=smith", true),
        ("name=son", false),
        ("name:contains=HSO", true),
        ("name:exact=Smithson", true),
        ("name:exact=smithson", false),
        ("name=zoe", true),
        ("name=smith&name=zoe", true),
        ("name=smith&name=ann", false),
        ("given=ann,zoe", true),
        ("identifier=M1", true),
        ("identifier=urn:mrn|M1", true),
        ("identifier=urn:mrn|", true),
        ("identifier=urn:mrn|X", false),
        ("identifier=|X", true),
        ("identifier=|M1", false),
        ("identifier=m1", false),
        ("gender=http://hl7.org/fhir/administrative-gender|female", true),
        ("gender=http://hl7.org/fhir/administrative-gender|male", false),
        ("gender:not=male", true),
        ("gender:not=male,female", false),
        ("language:not=en", true),
        ("birthdate=1980", true),
        ("birthdate=1980-05-17", true),
        ("birthdate=ne1980", false),
        ("birthdate=gt1980", false),
        ("birthdate=ge1980&birthdate=lt1981", true),
        ("birthdate=sa1980-05-16", true),
        ("death-date:missing=true", true),
        ("birthdate:missing=true", false),
        ("birthdate:missing=false", true),
        ("deceased=false", true),
    ] {
        check(&patient, query, expected);
    }
}

#[test]
fn observations() {
    let observation = json!({
        "resourceType": "Observation", "id": "o",
        "subject": {"reference": "Patient/1"}, "encounter": {"reference": "http://here.example/fhir/Encounter/7"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "2339-0"}]},
        "effectivePeriod": {"start": "2024-03-01", "end": "2024-03-05"},
        "valueQuantity": {"value": 5.42, "unit": "mmol per l", "system": "http://unitsofmeasure.org", "code": "mmol/L"},
    });
    for (query, expected) in [
        ("subject=Patient/1", true),
        ("subject=1", true),
        ("patient=1", true),
        ("patient=2", false),
        ("subject:Group=1", false),
        ("subject=http://here.example/fhir/Patient/1", true),
        ("subject=http://far.example/fhir/Patient/1", false),
        ("encounter=7", true),
        ("code=http://loinc.org|2339-0", true),
        ("code=http://snomed.info/sct|2339-0", false),
        ("date=2024-03", true),
        ("date=2024-03-03", false),
        ("date=gt2024-03-03", true),
        ("date=sa2024-02", true),
        ("date=eb2024-03-06", true),
        ("date=ap2024-03-03", true),
        ("value-quantity=5.4", true),
        ("value-quantity=5.42", true),
        ("value-quantity=5.40", false),
        ("value-quantity=gt5.4", true),
        ("value-quantity=5.4|http://unitsofmeasure.org|mmol/L", true),
        ("value-quantity=5.4|http://unitsofmeasure.org|mmol per l", false),
        ("value-quantity=5.4||mmol/L", true),
        ("value-quantity=5.4||mmol per l", true),
        ("value-quantity=5.4||mg", false),
        ("value-quantity=lt5", false),
        ("value-quantity=ap5", true),
    ] {
        check(&observation, query, expected);
    }
}
