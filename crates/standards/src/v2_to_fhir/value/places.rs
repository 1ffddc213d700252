use serde_json::{Value, json};

use super::any::component;
use super::names;
use crate::hl7::message::Part;
use crate::v2_to_fhir::draft::Drafts;

/// What a value says of a person, an organisation or a place.
pub(super) fn resource(drafts: &mut Drafts, part: &Part<'_>, v2_type: &str, kind: &str) -> Option<Value> {
    match kind {
        "Practitioner" | "Patient" | "RelatedPerson" => person(part, v2_type),
        "PractitionerRole" => {
            let practitioner = person(part, v2_type)?;
            let at = drafts.add_with("Practitioner", practitioner);
            Some(json!({"practitioner": drafts.reference(at)}))
        }
        "Organization" => organization(part, v2_type),
        "Location" => location(part, v2_type),
        "Device" => Some(json!({"identifier": [names::identifier(part, v2_type)?]})),
        _ => None,
    }
}

fn person(part: &Part<'_>, v2_type: &str) -> Option<Value> {
    let identifier = names::identifier(part, v2_type);
    let name = names::human_name(part, v2_type);
    match (identifier, name) {
        (None, None) => None,
        (Some(identifier), None) => Some(json!({"identifier": [identifier]})),
        (None, Some(name)) => Some(json!({"name": [name]})),
        (Some(identifier), Some(name)) => Some(json!({"identifier": [identifier], "name": [name]})),
    }
}

/// An XON, HD or CWE as an organisation.
fn organization(part: &Part<'_>, v2_type: &str) -> Option<Value> {
    let (name, id) = match v2_type {
        "XON" => (component(part, 1), component(part, 10).or_else(|| component(part, 3))),
        "HD" => (component(part, 1), component(part, 2).or_else(|| component(part, 1))),
        _ => (component(part, 2).or_else(|| component(part, 1)), component(part, 1)),
    };
    let mut made = json!({});
    if let Some(id) = id {
        let mut identifier = json!({"value": id});
        if let Some(system) =
            (v2_type == "XON").then(|| part.component(6)).flatten().and_then(|part| names::authority(&part))
        {
            identifier["system"] = Value::from(system);
        }
        made["identifier"] = json!([identifier]);
    }
    if let Some(name) = name {
        made["name"] = Value::from(name);
    }
    (made != json!({})).then_some(made)
}

/// A PL: the innermost place that it names, with the way to it as its name.
fn location(part: &Part<'_>, v2_type: &str) -> Option<Value> {
    if v2_type == "HD" {
        let name = component(part, 1)?;
        return Some(json!({"identifier": [{"value": name}], "name": name, "mode": "instance"}));
    }
    if v2_type != "PL" {
        let name = component(part, 2).or_else(|| component(part, 1))?;
        return Some(json!({"name": name, "mode": "instance"}));
    }
    let at = |number| component(part, number);
    let way: Vec<String> = [1, 2, 3].into_iter().filter_map(at).collect();
    let way = if way.is_empty() { [4, 7, 8].into_iter().filter_map(at).collect() } else { way };
    if way.is_empty() {
        return None;
    }
    let kinds = [
        (3, "bd", "Bed"),
        (2, "ro", "Room"),
        (1, "wa", "Ward"),
        (8, "lvl", "Level"),
        (7, "bu", "Building"),
        (4, "si", "Site"),
    ];
    let (_, code, display) = kinds.into_iter().find(|(number, ..)| at(*number).is_some())?;
    let mut identifier = json!({"value": way.join("-")});
    if let Some(system) = [11, 4].into_iter().find_map(|number| names::authority(&part.component(number)?)) {
        identifier["system"] = Value::from(system);
    }
    let mut made = json!({
        "identifier": [identifier],
        "name": way.join(" "),
        "mode": "instance",
        "physicalType": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/location-physical-type", "code": code, "display": display,
        }]},
    });
    if let Some(description) = at(9) {
        made["description"] = Value::from(description);
    }
    Some(made)
}
