//! Value sets expanded to their codes, where the package holds all of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::package::list;

/// ValueSets and CodeSystems by their canonical URL.
pub(crate) struct Terminology<'a> {
    value_sets: BTreeMap<&'a str, &'a Value>,
    code_systems: BTreeMap<&'a str, &'a Value>,
}

impl<'a> Terminology<'a> {
    /// Sorts the package's terminology by kind and URL.
    pub(crate) fn new(resources: &'a [Value]) -> Self {
        let of = |kind: &str| {
            resources
                .iter()
                .filter(|resource| resource["resourceType"] == kind)
                .filter_map(|resource| Some((resource["url"].as_str()?, resource)))
                .collect()
        };
        Terminology { value_sets: of("ValueSet"), code_systems: of("CodeSystem") }
    }

    /// All codes of a value set by system, or nothing when the set cannot be listed completely
    /// (an outside code system, a filter, an import, a fragment).
    pub(crate) fn expand(&self, url: &str) -> Option<Value> {
        let compose = &self.value_sets.get(url)?["compose"];
        if compose.get("exclude").is_some() {
            return None;
        }
        let mut systems: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for include in list(compose, "include") {
            if include.get("filter").is_some() || include.get("valueSet").is_some() {
                return None;
            }
            let system = include["system"].as_str()?;
            systems.entry(system).or_default().extend(self.included(include, system)?);
        }
        let systems: Vec<Value> =
            systems.into_iter().map(|(system, codes)| json!({"system": system, "codes": codes})).collect();
        (!systems.is_empty()).then(|| json!({"url": url, "systems": systems}))
    }

    fn included(&self, include: &'a Value, system: &str) -> Option<Vec<&'a str>> {
        let mut codes = Vec::new();
        if include.get("concept").is_some() {
            collect(include, &mut codes);
            return Some(codes);
        }
        let code_system = self.code_systems.get(system)?;
        if code_system["content"] != "complete" {
            return None;
        }
        collect(code_system, &mut codes);
        (!codes.is_empty()).then_some(codes)
    }
}

/// The codes under `concept`, with those of nested concepts.
fn collect<'a>(parent: &'a Value, codes: &mut Vec<&'a str>) {
    for concept in list(parent, "concept") {
        codes.extend(concept["code"].as_str());
        collect(concept, codes);
    }
}
