//! Which resources ship: what is bound, and what that rests on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::definitions::package::list;

/// Code systems that stay out although a value set rests on them: their owners ask for a licence, or they are not
/// HL7's to give. Codes of theirs that a value set lists one by one are kept with that list.
const LEFT_OUT: &[&str] = &[
    "http://dicom.nema.org/resources/ontology/DCM",
    "http://terminology.hl7.org/CodeSystem/ex-diagnosis-on-admission",
    "http://terminology.hl7.org/CodeSystem/ex-revenue-center",
    "urn:oid:1.2.36.1.2001.1001.101.104.16592",
];

/// No code of these systems ships, listed or not.
const NEVER: &[&str] = &["http://www.ama-assn.org/go/cpt"];

/// Where the code systems that HL7 publishes live.
const HL7: &[&str] = &["http://hl7.org/fhir/", "http://terminology.hl7.org/CodeSystem/"];

/// Published maps between FHIR's codes and those of HL7 v2 and v3. The others are examples, or carry SNOMED CT.
const MAPS: &str = "http://hl7.org/fhir/ConceptMap/cm-";

/// The resources that ship, by canonical URL.
#[derive(Default)]
pub(super) struct Selection<'a> {
    pub(super) value_sets: BTreeMap<&'a str, &'a Value>,
    pub(super) code_systems: BTreeMap<&'a str, &'a Value>,
    pub(super) concept_maps: BTreeMap<&'a str, &'a Value>,
    /// Codes of systems that do not ship whole, with the first display met: system, code, display.
    pub(super) listed: BTreeMap<&'a str, BTreeMap<&'a str, Option<&'a str>>>,
}

/// Follows the bindings of `structures` through `resources`.
pub(super) fn select<'a>(structures: &'a [Value], resources: &'a [Value]) -> Selection<'a> {
    let known = |kind: &str| -> BTreeMap<&str, &Value> {
        resources
            .iter()
            .filter(|one| one["resourceType"] == kind)
            .filter_map(|one| Some((one["url"].as_str()?, one)))
            .collect()
    };
    let (value_sets, code_systems) = (known("ValueSet"), known("CodeSystem"));
    let mut selection = Selection {
        concept_maps: known("ConceptMap").into_iter().filter(|(url, _)| url.starts_with(MAPS)).collect(),
        ..Selection::default()
    };
    let mut wanted: Vec<&str> = structures.iter().flat_map(bound).collect();
    wanted.extend(selection.concept_maps.values().flat_map(|map| ends(map)));
    while let Some(url) = wanted.pop() {
        let Some(&set) = value_sets.get(url) else { continue };
        if selection.value_sets.insert(url, set).is_none() {
            wanted.extend(parts(set).flat_map(|part| list(part, "valueSet")).filter_map(canonical));
        }
    }
    let sets: Vec<&Value> = selection.value_sets.values().copied().collect();
    for part in sets.into_iter().flat_map(parts) {
        selection.add_system(part, &code_systems);
    }
    selection
}

impl<'a> Selection<'a> {
    fn add_system(&mut self, part: &'a Value, code_systems: &BTreeMap<&'a str, &'a Value>) {
        let Some(url) = canonical(&part["system"]) else { return };
        match code_systems.get(url) {
            Some(system) if ships(url, system) => {
                self.code_systems.insert(url, system);
            }
            _ if NEVER.contains(&url) => {}
            _ => {
                let codes = self.listed.entry(url).or_default();
                for concept in list(part, "concept") {
                    let Some(code) = concept["code"].as_str() else { continue };
                    let display = codes.entry(code).or_default();
                    *display = display.or(concept["display"].as_str());
                }
            }
        }
    }
}

fn ships(url: &str, system: &Value) -> bool {
    HL7.iter().any(|start| url.starts_with(start))
        && !LEFT_OUT.contains(&url)
        && system["content"] != "not-present"
}

/// The includes and excludes of a value set.
pub(super) fn parts(set: &Value) -> impl Iterator<Item = &Value> {
    list(&set["compose"], "include").chain(list(&set["compose"], "exclude"))
}

/// A canonical URL without its version.
pub(super) fn canonical(value: &Value) -> Option<&str> {
    value.as_str()?.split('|').next()
}

/// The value sets that the elements of a structure are bound to, at any strength.
fn bound(structure: &Value) -> BTreeSet<&str> {
    let elements = list(&structure["snapshot"], "element");
    elements.filter_map(|element| canonical(&element["binding"]["valueSet"])).collect()
}

/// The value sets a map goes from and to.
fn ends(map: &Value) -> impl Iterator<Item = &str> {
    ["sourceUri", "sourceCanonical", "targetUri", "targetCanonical"]
        .into_iter()
        .filter_map(|member| canonical(&map[member]))
}
