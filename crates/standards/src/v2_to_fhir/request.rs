use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::draft::{Draft, Drafts};
use super::repair::repaired;
use super::rows::tidied;
use crate::fhir::definitions::Definitions;

/// The resources as a transaction. Two drafts that say the same become one.
pub(super) fn transaction(drafts: &mut Drafts) -> Value {
    let mut entries = Vec::new();
    let mut made: BTreeMap<String, String> = BTreeMap::new();
    let mut same: Vec<(String, String)> = Vec::new();
    for at in 0..drafts.list.len() {
        let urn = drafts.urn(at);
        let Draft { kind, value, owned } = drafts.list[at].clone();
        if !Definitions::r4().is_resource(&kind) {
            continue;
        }
        let Some(resource) = tidied(value).and_then(|value| completed(&kind, value)).and_then(repaired)
        else {
            continue;
        };
        let said = resource.to_string();
        if let Some(first) = made.get(&said) {
            same.push((urn, first.clone()));
            continue;
        }
        made.insert(said, urn.clone());
        let request = request(&kind, &resource, owned);
        entries.push(json!({"fullUrl": urn, "resource": resource, "request": request}));
    }
    drop_dangling(&mut entries, &same);
    // People and places come first, since more refers to them than they refer to.
    entries.sort_by_key(|entry| rank(entry["resource"]["resourceType"].as_str().unwrap_or_default()));
    let mut bundle = json!({"resourceType": "Bundle", "type": "transaction"});
    if !entries.is_empty() {
        bundle["entry"] = Value::from(entries);
    }
    for (urn, first) in &same {
        redirect(&mut bundle, urn, first);
    }
    bundle
}

/// Removes references to resources that could not be made, and what cannot stand without them.
fn drop_dangling(entries: &mut Vec<Value>, same: &[(String, String)]) {
    loop {
        let urn = |entry: &Value| entry["fullUrl"].as_str().unwrap_or_default().to_owned();
        let known: BTreeSet<String> =
            entries.iter().map(urn).chain(same.iter().map(|(urn, _)| urn.clone())).collect();
        let count = entries.len();
        entries.retain_mut(|entry| {
            if !clear(&mut entry["resource"], &known) {
                return true;
            }
            let left = tidied(std::mem::take(&mut entry["resource"])).and_then(repaired);
            let is_left = left.is_some();
            entry["resource"] = left.unwrap_or_default();
            is_left
        });
        if entries.len() == count {
            return;
        }
    }
}

/// Empties references to what is not known; true if there were any.
fn clear(value: &mut Value, known: &BTreeSet<String>) -> bool {
    match value {
        Value::Object(members) => {
            let dangles = |target: &Value| {
                target.as_str().is_some_and(|urn| urn.starts_with("urn:uuid:") && !known.contains(urn))
            };
            if members.get("reference").is_some_and(dangles) {
                *value = Value::Null;
                return true;
            }
            members.values_mut().fold(false, |any, value| clear(value, known) | any)
        }
        Value::Array(items) => items.iter_mut().fold(false, |any, value| clear(value, known) | any),
        _ => false,
    }
}

fn rank(kind: &str) -> u8 {
    match kind {
        "Organization" | "Location" | "Practitioner" => 0,
        "PractitionerRole" | "Device" => 1,
        "Patient" => 2,
        "Encounter" => 3,
        _ => 4,
    }
}

/// References to one resource made references to another.
fn redirect(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|value| redirect(value, from, to)),
        Value::Array(items) => items.iter_mut().for_each(|value| redirect(value, from, to)),
        Value::String(text) if text == from => to.clone_into(text),
        _ => {}
    }
}

/// How the resource is written: over the one with its identifier, or only where there is none.
fn request(kind: &str, resource: &Value, owned: bool) -> Value {
    let Some(search) = search(kind, resource) else { return json!({"method": "POST", "url": kind}) };
    if owned {
        json!({"method": "PUT", "url": format!("{kind}?{search}")})
    } else {
        json!({"method": "POST", "url": kind, "ifNoneExist": search})
    }
}

/// A search for the resource by its identifier, by the medical record number where it has several.
fn search(kind: &str, resource: &Value) -> Option<String> {
    let several: Vec<&Value> = match &resource["identifier"] {
        Value::Array(items) => items.iter().collect(),
        Value::Object(_) => vec![&resource["identifier"]],
        _ if kind == "DocumentReference" => resource.get("masterIdentifier").into_iter().collect(),
        _ => Vec::new(),
    };
    let is_number = |one: &&&Value| {
        one["type"]["coding"][0]["code"] == "MR" || one["type"]["coding"][0]["code"] == "FILL"
    };
    let identifier = several.iter().find(is_number).or_else(|| several.first())?;
    let value = identifier["value"].as_str()?;
    let token = match identifier["system"].as_str() {
        Some(system) => format!("{}|{}", escaped(system), escaped(value)),
        None => escaped(value),
    };
    Some(format!("identifier={token}"))
}

/// A text as a part of a search value: FHIR's own marks with a backslash, then what a URL cannot hold in percents.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'\\' | b'|' | b',' | b'$' => {
                escaped.push_str(&format!("%5C%{byte:02X}"));
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'/' => {
                escaped.push(char::from(byte));
            }
            other => escaped.push_str(&format!("%{other:02X}")),
        }
    }
    escaped
}

/// What R4 requires and v2 may leave out. A resource that still says nothing is not sent.
fn completed(kind: &str, mut resource: Value) -> Option<Value> {
    let mut missing = |name: &str, value: Value| {
        if resource.get(name).is_none() {
            resource[name] = value;
        }
    };
    let unknown = || json!({"text": "unknown"});
    match kind {
        "Encounter" => {
            missing("status", "unknown".into());
            let class =
                json!({"system": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "code": "UNK"});
            missing("class", class);
        }
        "Observation" | "DiagnosticReport" => {
            missing("status", if kind == "Observation" { "final".into() } else { "unknown".into() });
            missing("code", unknown());
        }
        "ServiceRequest" => {
            missing("status", "unknown".into());
            missing("intent", "order".into());
        }
        "Immunization" => {
            missing("status", "completed".into());
            missing("vaccineCode", unknown());
            if resource.get("occurrenceDateTime").is_none() {
                resource["occurrenceString"] = "unknown".into();
            }
        }
        "DocumentReference" => {
            missing("status", "current".into());
            let absent = json!({"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"});
            missing("content", json!([{"attachment": {"extension": [absent]}}]));
        }
        "Appointment" => {
            missing("status", "proposed".into());
            missing("participant", json!([{}]));
        }
        _ => {}
    }
    inner(kind, &mut resource);
    let whose = match kind {
        "Immunization" | "AllergyIntolerance" => "patient",
        "Condition" | "ServiceRequest" => "subject",
        _ => "resourceType",
    };
    // Nobody can be told something about nobody.
    (resource.as_object()?.len() > 1 && resource.get(whose).is_some()).then_some(resource)
}

/// The same for what stands within.
fn inner(kind: &str, resource: &mut Value) {
    let list = |value: &'_ mut Value| -> Vec<Value> { value.as_array().cloned().unwrap_or_default() };
    match kind {
        "Appointment" => {
            let mut participants = list(&mut resource["participant"]);
            for participant in &mut participants {
                if participant.get("status").is_none() {
                    participant["status"] = "accepted".into();
                }
                // R4 asks for someone or for what they are to be (app-1).
                if participant.get("actor").is_none() && participant.get("type").is_none() {
                    participant["type"] = json!([{"text": "unknown"}]);
                }
            }
            resource["participant"] = Value::from(participants);
        }
        "AllergyIntolerance" => {
            let mut reactions = list(&mut resource["reaction"]);
            reactions.retain(|reaction| reaction.get("manifestation").is_some());
            replace(resource, "reaction", reactions);
        }
        "Encounter" => {
            let mut locations = list(&mut resource["location"]);
            locations.retain(|location| location.get("location").is_some());
            replace(resource, "location", locations);
        }
        "DocumentReference" => {
            let mut contents = list(&mut resource["content"]);
            contents.retain(|content| content.get("attachment").is_some());
            replace(resource, "content", contents);
        }
        _ => {}
    }
}

fn replace(resource: &mut Value, name: &str, items: Vec<Value>) {
    if items.is_empty() {
        if let Some(members) = resource.as_object_mut() {
            members.shift_remove(name);
        }
    } else {
        resource[name] = Value::from(items);
    }
}
