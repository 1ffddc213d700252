//! Pieces of resources that several commands write or read.

use serde_json::{Value, json};

use crate::calendar::instant_text;
use crate::codes::Code;

/// `meta` of a resource made here: its US Core profile, and that it is test data.
pub(crate) fn meta(profile: &str) -> Value {
    json!({
        "profile": [format!("http://hl7.org/fhir/us/core/StructureDefinition/{profile}")],
        "tag": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}],
    })
}

/// A `CodeableConcept` of one coding.
pub(crate) fn concept(code: &Code) -> Value {
    json!({"coding": [{"system": code.system, "code": code.code, "display": code.display}]})
}

/// A reference to a resource, such as `Patient/abc`.
pub(crate) fn reference(resource: &Value) -> Value {
    let part = |key: &str| resource[key].as_str().unwrap_or_default();
    json!({"reference": format!("{}/{}", part("resourceType"), part("id"))})
}

/// A reference that also says whom or what it means.
pub(super) fn named_reference(resource: &Value, name: &str) -> Value {
    let mut reference = reference(resource);
    if !name.is_empty() {
        reference["display"] = json!(name);
    }
    reference
}

/// The name of a person, given names first.
pub(super) fn person_name(resource: &Value) -> String {
    let name = &resource["name"][0];
    let given = name["given"].as_array().into_iter().flatten();
    let words: Vec<&str> = given.chain([&name["family"]]).filter_map(Value::as_str).collect();
    words.join(" ")
}

/// Where a patient comes to lie: an entry of `Encounter.location`.
pub(super) fn location_entry(location: &Value, now_us: i64) -> Value {
    let name = location["name"].as_str().unwrap_or_default();
    json!({
        "location": named_reference(location, name),
        "status": "active",
        "period": {"start": instant_text(now_us)},
    })
}

/// Ends every entry of `Encounter.location` that is still active.
pub(super) fn leave_locations(encounter: &mut Value, now_us: i64) {
    let entries = encounter["location"].as_array_mut();
    for entry in entries.into_iter().flatten() {
        if entry["status"] == "active" || entry.get("status").is_none() {
            entry["status"] = json!("completed");
            entry["period"]["end"] = json!(instant_text(now_us));
        }
    }
}

/// True for a resource of this type that has an id.
pub(super) fn is(resource: &Value, kind: &str) -> bool {
    resource["resourceType"] == kind && resource["id"].is_string()
}

/// True for a location that holds one patient.
pub(super) fn is_bed(location: &Value) -> bool {
    location["physicalType"]["coding"]
        .as_array()
        .is_some_and(|codings| codings.iter().any(|coding| coding["code"] == "bd"))
}
