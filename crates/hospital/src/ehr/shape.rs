//! Small pieces of FHIR: what the commands write alike, and what they read from resources of any author.

use serde_json::{Value, json};

use crate::codes::Code;
use crate::population::MRN_SYSTEM;

/// A `Coding`.
pub(super) fn coding(code: &Code) -> Value {
    json!({"system": code.system, "code": code.code, "display": code.display})
}

/// A `CodeableConcept` of one coding.
pub(super) fn concept(code: &Code) -> Value {
    json!({"coding": [coding(code)]})
}

/// A `Reference` to a resource that is at hand, with the name it goes by.
pub(super) fn reference(resource: &Value) -> Value {
    let kind = text_at(resource, "resourceType").unwrap_or_default();
    let mut reference = json!({"reference": format!("{kind}/{}", id_of(resource))});
    let display = match kind {
        "Location" => text_at(resource, "name").map(str::to_owned),
        "Patient" | "Practitioner" => name_of(resource),
        _ => None,
    };
    if let Some(display) = display {
        reference["display"] = display.into();
    }
    reference
}

pub(super) fn id_of(resource: &Value) -> &str {
    text_at(resource, "id").unwrap_or_default()
}

/// The text of a member, if it is text.
pub(super) fn text_at<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str)
}

/// The items of a member; none if it is missing or no list.
pub(super) fn items<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The member as a list to add to; anything else there is replaced by an empty list.
pub(super) fn items_mut<'a>(value: &'a mut Value, member: &str) -> &'a mut Vec<Value> {
    let place = &mut value[member];
    if !place.is_array() {
        *place = json!([]);
    }
    match place {
        Value::Array(items) => items,
        _ => unreachable!("an array was put there"),
    }
}

/// The id in a `Reference` to a resource of type `kind`: of `Patient/123`, `123`.
///
/// Absolute addresses and named versions are understood; anything else is `None`.
pub fn reference_id<'a>(reference: &'a Value, kind: &str) -> Option<&'a str> {
    let text = text_at(reference, "reference")?;
    let text = text.split("/_history/").next().unwrap_or(text);
    let (before, id) = text.rsplit_once('/')?;
    let found = before.rsplit('/').next().unwrap_or(before);
    (found == kind && !id.is_empty()).then_some(id)
}

/// The name of a patient or practitioner as people read it: the official or usual one, otherwise the first.
pub fn name_of(person: &Value) -> Option<String> {
    let names = items(person, "name");
    let of_use = |wanted: &str| names.iter().find(|name| text_at(name, "use") == Some(wanted));
    let name = of_use("official").or_else(|| of_use("usual")).or_else(|| names.first())?;
    let given = items(name, "given").iter().filter_map(Value::as_str);
    let parts: Vec<&str> = given.chain(text_at(name, "family")).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { text_at(name, "text").map(str::to_owned) } else { Some(parts.join(" ")) }
}

/// The medical record number of a patient: the identifier of our system, otherwise one of type `MR`.
pub fn mrn_of(patient: &Value) -> Option<&str> {
    let identifiers = items(patient, "identifier");
    let ours = identifiers.iter().find(|identifier| text_at(identifier, "system") == Some(MRN_SYSTEM));
    let typed = || identifiers.iter().find(|identifier| is_record_number(identifier));
    ours.or_else(typed).and_then(|identifier| text_at(identifier, "value"))
}

/// Whether a patient carries this medical record number of ours, in whatever place.
pub fn has_mrn(patient: &Value, mrn: &str) -> bool {
    let is = |identifier: &Value| {
        text_at(identifier, "system") == Some(MRN_SYSTEM) && text_at(identifier, "value") == Some(mrn)
    };
    items(patient, "identifier").iter().any(is)
}

fn is_record_number(identifier: &Value) -> bool {
    let codings = identifier.get("type").map_or(&[][..], |kind| items(kind, "coding"));
    codings.iter().any(|coding| text_at(coding, "code") == Some("MR"))
}
