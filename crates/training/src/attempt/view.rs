//! How a resource of the hospital looks as a param: a few plain fields instead of its whole tree.

use serde_json::{Map, Value};

use crate::text::look_up;

/// Fields of every selected resource.
const COMMON: [(&str, &str); 3] = [("id", "id"), ("type", "resourceType"), ("version", "meta.versionId")];

const PATIENT: [(&str, &str); 9] = [
    ("family", "name.0.family"),
    ("given", "name.0.given.0"),
    ("gender", "gender"),
    ("birth_date", "birthDate"),
    ("phone", "telecom.0.value"),
    ("line", "address.0.line.0"),
    ("city", "address.0.city"),
    ("postal_code", "address.0.postalCode"),
    ("mrn", "identifier.0.value"),
];
const PRACTITIONER: [(&str, &str); 2] = [("family", "name.0.family"), ("given", "name.0.given.0")];
const LOCATION: [(&str, &str); 2] = [("name", "name"), ("label", "identifier.0.value")];
const ENCOUNTER: [(&str, &str); 3] =
    [("status", "status"), ("class", "class.code"), ("start", "period.start")];

/// The system of the hospital's medical record numbers.
const MRN_SYSTEM: &str = "https://practicum.example/mrn";

fn rows(resource_type: &str) -> &'static [(&'static str, &'static str)] {
    match resource_type {
        "Patient" => &PATIENT,
        "Practitioner" => &PRACTITIONER,
        "Location" => &LOCATION,
        "Encounter" => &ENCOUNTER,
        _ => &[],
    }
}

/// The fields a selected resource of this type has; those of an included resource come after a dot.
#[must_use]
pub fn fields_of(resource_type: &str) -> Vec<&'static str> {
    let mut fields: Vec<&str> = COMMON.iter().chain(rows(resource_type)).map(|(name, _)| *name).collect();
    match resource_type {
        "Patient" | "Practitioner" => fields.push("name"),
        "Encounter" => fields.extend(["patient", "location"]),
        _ => {}
    }
    fields
}

/// A resource as a param. `included` are the resources that came with the search: an Encounter takes its patient and
/// its last location from them.
#[must_use]
pub fn view(resource: &Value, included: &[&Value]) -> Value {
    let kind = resource["resourceType"].as_str().unwrap_or_default();
    let mut fields = Map::new();
    for (name, path) in COMMON.iter().chain(rows(kind)) {
        fields.insert((*name).to_owned(), look_up(resource, path).unwrap_or(Value::from("")));
    }
    match kind {
        "Patient" => {
            fields.insert("mrn".to_owned(), mrn(resource));
            fields.insert("name".to_owned(), full_name(&fields));
        }
        "Practitioner" => {
            fields.insert("name".to_owned(), full_name(&fields));
        }
        "Encounter" => {
            fields.insert("patient".to_owned(), linked(resource["subject"]["reference"].as_str(), included));
            let last = resource["location"].as_array().and_then(|all| all.last());
            let last = last.and_then(|last| last["location"]["reference"].as_str());
            fields.insert("location".to_owned(), linked(last, included));
        }
        _ => {}
    }
    Value::Object(fields)
}

fn mrn(patient: &Value) -> Value {
    let identifiers = patient["identifier"].as_array().map(Vec::as_slice).unwrap_or_default();
    let own = identifiers.iter().find(|identifier| identifier["system"] == MRN_SYSTEM);
    own.map_or(Value::from(""), |identifier| identifier["value"].clone())
}

fn full_name(fields: &Map<String, Value>) -> Value {
    let part = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Value::from(format!("{} {}", part("given"), part("family")).trim())
}

fn linked(reference: Option<&str>, included: &[&Value]) -> Value {
    let Some((kind, id)) = reference.and_then(|reference| reference.split_once('/')) else {
        return Value::Null;
    };
    let found = included.iter().find(|resource| resource["resourceType"] == kind && resource["id"] == id);
    found.map_or_else(|| serde_json::json!({ "id": id, "type": kind }), |resource| view(resource, &[]))
}
