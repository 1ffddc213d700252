//! The records of the hospital that a run plays: one invented patient, with two pulses.

use serde_json::{Value, json};

/// The patient's id.
pub(super) const PATIENT: &str = "one";

/// What a path and query below the FHIR base give; nothing where there is no such thing.
pub(super) fn found(path: &str) -> Option<Value> {
    let mut parts = path.split('/');
    let (kind, id) = (parts.next()?, parts.next());
    let all = of(kind);
    match id {
        Some(id) => all.into_iter().find(|one| one["id"] == id),
        None => {
            let entries: Vec<Value> = all
                .into_iter()
                .map(|one| json!({"fullUrl": format!("urn:kit:{}", one["id"]), "resource": one, "search": {"mode": "match"}}))
                .collect();
            let total = entries.len();
            Some(json!({"resourceType": "Bundle", "type": "searchset", "total": total, "entry": entries}))
        }
    }
}

fn of(kind: &str) -> Vec<Value> {
    match kind {
        "Patient" => vec![json!({
            "resourceType": "Patient",
            "id": PATIENT,
            "name": [{"family": "Invented", "given": ["Ada"]}],
            "gender": "female",
            "birthDate": "1984-02-29",
        })],
        "Observation" => vec![pulse("a", 71), pulse("b", 78)],
        _ => Vec::new(),
    }
}

fn pulse(id: &str, value: u32) -> Value {
    json!({
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs",
        }]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4", "display": "Heart rate"}]},
        "subject": {"reference": format!("Patient/{PATIENT}")},
        "effectiveDateTime": "2031-03-04T06:00:00Z",
        "valueQuantity": {"value": value, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"},
    })
}
