//! What is kept of each resource.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::select::{Selection, canonical};
use crate::definitions::package::list;

/// Members kept of every resource, where present.
const HEAD: &[&str] = &["resourceType", "url", "version", "name", "title", "status"];

/// Prefixes of code systems whose definitions are left out for size: those of HL7 v2 and v3.
const UNDEFINED: &[&str] =
    &["http://terminology.hl7.org/CodeSystem/v2-", "http://terminology.hl7.org/CodeSystem/v3-"];

/// Every selected resource, reduced: code systems, concept maps, value sets, each sorted by URL.
pub(super) fn reduce(selection: &Selection<'_>) -> Vec<Value> {
    let displays = Displays::new(selection);
    let mut systems: BTreeMap<&str, Value> =
        selection.code_systems.iter().map(|(url, system)| (*url, code_system(system))).collect();
    for (url, codes) in &selection.listed {
        let concepts: Vec<Value> =
            codes.iter().map(|(code, display)| listed_concept(code, *display)).collect();
        let fragment = json!({"resourceType": "CodeSystem", "url": url, "status": "active",
            "content": "fragment", "concept": concepts});
        systems.insert(url, fragment);
    }
    let maps = selection.concept_maps.values().map(|map| concept_map(map));
    let sets = selection.value_sets.values().map(|set| value_set(set, &displays));
    systems.into_values().chain(maps).chain(sets).collect()
}

/// The display each code has in its system.
struct Displays<'a>(BTreeMap<(&'a str, &'a str), &'a str>);

impl<'a> Displays<'a> {
    fn new(selection: &Selection<'a>) -> Self {
        let mut displays = BTreeMap::new();
        for (url, system) in &selection.code_systems {
            collect(url, system, &mut displays);
        }
        for (url, codes) in &selection.listed {
            displays.extend(codes.iter().filter_map(|(code, display)| Some(((*url, *code), (*display)?))));
        }
        Displays(displays)
    }
}

fn collect<'a>(url: &'a str, parent: &'a Value, displays: &mut BTreeMap<(&'a str, &'a str), &'a str>) {
    for concept in list(parent, "concept") {
        if let (Some(code), Some(display)) = (concept["code"].as_str(), concept["display"].as_str()) {
            displays.insert((url, code), display);
        }
        collect(url, concept, displays);
    }
}

fn kept(resource: &Value, members: &[&str]) -> Map<String, Value> {
    let found = members.iter().filter_map(|name| Some(((*name).to_owned(), resource.get(*name)?.clone())));
    found.collect()
}

fn code_system(system: &Value) -> Value {
    let mut reduced = kept(system, HEAD);
    reduced.extend(kept(system, &["caseSensitive", "hierarchyMeaning", "content"]));
    let url = system["url"].as_str().unwrap_or_default();
    let defined = !UNDEFINED.iter().any(|start| url.starts_with(start));
    reduced.insert("concept".into(), list(system, "concept").map(|one| concept(one, defined)).collect());
    Value::Object(reduced)
}

fn concept(concept: &Value, defined: bool) -> Value {
    let mut reduced = kept(concept, &["code", "display"]);
    if defined && concept["definition"] != concept["display"] {
        reduced.extend(kept(concept, &["definition"]));
    }
    let properties: Vec<&Value> =
        list(concept, "property").filter(|property| property["code"] != "deprecationDate").collect();
    if !properties.is_empty() {
        reduced.insert("property".into(), json!(properties));
    }
    if concept.get("concept").is_some() {
        let below = list(concept, "concept").map(|one| self::concept(one, defined)).collect();
        reduced.insert("concept".into(), below);
    }
    Value::Object(reduced)
}

fn listed_concept(code: &str, display: Option<&str>) -> Value {
    match display {
        Some(display) => json!({"code": code, "display": display}),
        None => json!({"code": code}),
    }
}

fn value_set(set: &Value, displays: &Displays<'_>) -> Value {
    let mut reduced = kept(set, HEAD);
    let mut compose = kept(&set["compose"], &["inactive"]);
    for name in ["include", "exclude"] {
        let parts: Vec<Value> = list(&set["compose"], name).map(|one| part(one, displays)).collect();
        if !parts.is_empty() {
            compose.insert(name.into(), Value::Array(parts));
        }
    }
    reduced.insert("compose".into(), Value::Object(compose));
    Value::Object(reduced)
}

/// An include or exclude; a display is kept only where it differs from the code system's.
fn part(part: &Value, displays: &Displays<'_>) -> Value {
    let mut reduced = kept(part, &["version", "filter", "valueSet"]);
    let Some(system) = canonical(&part["system"]) else { return Value::Object(reduced) };
    reduced.insert("system".into(), json!(system));
    let concepts: Vec<Value> = list(part, "concept")
        .filter_map(|concept| {
            let (code, display) = (concept["code"].as_str()?, concept["display"].as_str());
            let usual = displays.0.get(&(system, code)).copied();
            Some(listed_concept(code, display.filter(|display| usual != Some(*display))))
        })
        .collect();
    if !concepts.is_empty() {
        reduced.insert("concept".into(), Value::Array(concepts));
    }
    Value::Object(reduced)
}

fn concept_map(map: &Value) -> Value {
    let mut reduced = kept(map, HEAD);
    reduced.extend(kept(map, &["sourceUri", "sourceCanonical", "targetUri", "targetCanonical", "group"]));
    Value::Object(reduced)
}
