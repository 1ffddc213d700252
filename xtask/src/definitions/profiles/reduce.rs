//! What is kept of each definition.

use serde_json::{Map, Value, json};

use super::base::Base;
use crate::definitions::package::list;

/// Members kept of every definition, where present.
const HEAD: [&str; 9] =
    ["resourceType", "url", "version", "name", "title", "status", "kind", "type", "derivation"];
/// Strengths of bindings that a value can break.
const BINDING: [&str; 2] = ["required", "extensible"];
/// The value set that even other codes must come from.
const MAX_VALUE_SET: &str = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet";

/// A definition without prose, mappings, and elements of which it says no more than the type does.
pub(super) fn reduce<'a>(structure: &'a Value, base: &Base<'a>) -> Value {
    let elements: Vec<&'a Value> = list(&structure["snapshot"], "element").collect();
    let told = elements.iter().filter_map(|element| {
        let told = match structure["derivation"] == "constraint" {
            true => of_profile(element, base, is_sliced(element, &elements)),
            false => of_type(element, base),
        };
        (!told.is_empty()).then(|| {
            let mut reduced = kept(element, &["id", "path", "sliceName"]);
            reduced.extend(told);
            Value::Object(reduced)
        })
    });
    let told: Vec<Value> = told.collect();
    let mut reduced = kept(structure, &HEAD);
    reduced.insert("snapshot".into(), json!({"element": told}));
    Value::Object(reduced)
}

/// What a type says beyond its structure.
fn of_type<'a>(element: &'a Value, base: &Base<'a>) -> Map<String, Value> {
    let mut told = kept(element, &["contentReference"]);
    if list(element, "type").any(|kind| kind.get("profile").is_some()) {
        told.insert("type".into(), types(element));
    }
    if element["binding"]["strength"] == "extensible" {
        told.insert("binding".into(), binding(&element["binding"]));
    }
    told.extend(rules(element, base, None));
    told
}

/// What a profile says beyond the type.
fn of_profile<'a>(element: &'a Value, base: &Base<'a>, is_sliced: bool) -> Map<String, Value> {
    let origin = base.of(element);
    let is_slice = element.get("sliceName").is_some();
    let mut told = Map::new();
    if is_slice || element["min"].as_u64() > element["base"]["min"].as_u64() {
        told.extend(kept(element, &["min"]));
    }
    if is_slice || element["max"] != element["base"]["max"] {
        told.extend(kept(element, &["max"]));
    }
    let own_types = types(element);
    if origin.is_some_and(|origin| types(origin) != own_types) && own_types != json!([]) {
        told.insert("type".into(), own_types);
    }
    let values = element.as_object().into_iter().flatten();
    let is_value = |name: &str| name.starts_with("fixed") || name.starts_with("pattern");
    told.extend(values.filter(|(name, _)| is_value(name)).map(|(name, value)| (name.clone(), value.clone())));
    let bound = &element["binding"];
    if !bound.is_null() && tells(bound) && origin.is_none_or(|origin| !tells_same(bound, &origin["binding"]))
    {
        told.insert("binding".into(), binding(bound));
    }
    told.extend(rules(element, base, origin));
    if element["mustSupport"] == true {
        told.extend(kept(element, &["mustSupport"]));
    }
    if is_sliced || element["slicing"]["rules"] == "closed" {
        told.insert("slicing".into(), slicing(&element["slicing"]));
    }
    if !told.is_empty() || element.get("contentReference").is_some() {
        told.extend(kept(element, &["contentReference"]));
    }
    told
}

fn kept(resource: &Value, members: &[&str]) -> Map<String, Value> {
    let found = members.iter().filter_map(|name| Some(((*name).to_owned(), resource.get(*name)?.clone())));
    found.collect()
}

/// True if a slice of the element follows.
fn is_sliced(element: &Value, elements: &[&Value]) -> bool {
    let (Some(id), false) = (element["id"].as_str(), element["slicing"].is_null()) else { return false };
    let is_slice = |other: &&Value| {
        other["id"]
            .as_str()
            .and_then(|other| other.strip_prefix(id))
            .is_some_and(|rest| rest.starts_with(':'))
    };
    elements.iter().any(is_slice)
}

/// The types of an element with their profiles; those that only FHIRPath has names for are left out.
fn types(element: &Value) -> Value {
    let named = list(element, "type")
        .filter(|kind| !kind["code"].as_str().unwrap_or_default().starts_with("http://hl7.org/fhirpath/"));
    named.map(|kind| Value::Object(kept(kind, &["code", "profile", "targetProfile"]))).collect()
}

fn tells(binding: &Value) -> bool {
    BINDING.iter().any(|strength| binding["strength"] == *strength) || max_value_set(binding).is_some()
}

fn tells_same(one: &Value, other: &Value) -> bool {
    let unversioned = |binding: &Value| {
        binding["valueSet"].as_str().and_then(|url| url.split('|').next()).map(str::to_owned)
    };
    one["strength"] == other["strength"]
        && unversioned(one) == unversioned(other)
        && max_value_set(one) == max_value_set(other)
}

fn max_value_set(binding: &Value) -> Option<&Value> {
    list(binding, "extension").find(|one| one["url"] == MAX_VALUE_SET)
}

fn binding(binding: &Value) -> Value {
    let mut reduced = kept(binding, &["strength", "valueSet"]);
    if let Some(extension) = max_value_set(binding) {
        reduced.insert("extension".into(), json!([extension]));
    }
    Value::Object(reduced)
}

/// The rules of an element that hold for no other reason.
fn rules<'a>(element: &'a Value, base: &Base<'a>, origin: Option<&'a Value>) -> Option<(String, Value)> {
    let known = base.rules(element, origin);
    let own: Vec<Value> = list(element, "constraint")
        .filter(|rule| rule["key"].as_str().is_some_and(|key| !known.contains(key)))
        .map(|rule| Value::Object(kept(rule, &["key", "severity", "human", "expression"])))
        .collect();
    (!own.is_empty()).then(|| ("constraint".to_owned(), Value::Array(own)))
}

fn slicing(slicing: &Value) -> Value {
    let mut reduced = kept(slicing, &["discriminator", "rules"]);
    if slicing["ordered"] == true {
        reduced.insert("ordered".into(), json!(true));
    }
    Value::Object(reduced)
}
