//! Value sets in memory (FHIR R4, 4.9): what is in them, not yet which codes that is.

use std::collections::BTreeMap;

use serde_json::Value;

use super::canonical::Canonical;
use super::code_system::CodeSystem;
use super::filter::Filter;
use super::json::{list, owned, text};

/// A choice of codes, by rules.
#[derive(Debug, Clone)]
pub struct ValueSet {
    /// Canonical URL; empty for a set that was handed in without one.
    pub url: String,
    /// Version, where it has one.
    pub version: Option<String>,
    /// True if codes no longer for use are left out.
    pub(super) active_only: bool,
    pub(super) include: Vec<Part>,
    pub(super) exclude: Vec<Part>,
}

/// One rule: codes of a system, of other value sets, or of both at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) system: Option<String>,
    /// The system with the version asked for, as a canonical URL.
    pub(super) canonical: Option<String>,
    /// The codes listed, in order, with a display of the set's own; none means every code of the system.
    pub(super) concepts: Option<Vec<Listed>>,
    by_code: BTreeMap<String, usize>,
    by_folded: BTreeMap<String, usize>,
    pub(super) filters: Vec<Filter>,
    /// Value sets that must all have the code.
    pub(super) value_sets: Vec<String>,
}

/// A code that a value set lists.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) code: String,
    pub(super) display: Option<String>,
    pub(super) designations: Vec<Value>,
}

impl ValueSet {
    /// Reads a ValueSet resource. What is malformed in it is left out. A set without `compose` is read from its
    /// expansion.
    pub fn new(resource: &Value) -> ValueSet {
        let compose = resource.get("compose").unwrap_or(&Value::Null);
        let parts = |name: &str| list(compose, name).map(Part::new).collect();
        let include = match compose {
            Value::Null => expanded(resource),
            _ => parts("include"),
        };
        ValueSet {
            url: owned(resource, "url").unwrap_or_default(),
            version: owned(resource, "version"),
            active_only: compose.get("inactive").and_then(Value::as_bool) == Some(false),
            include,
            exclude: parts("exclude"),
        }
    }
}

impl Part {
    fn new(value: &Value) -> Part {
        let concepts: Vec<Listed> = list(value, "concept").filter_map(Listed::new).collect();
        let written = text(value, "system");
        let part = Part {
            // A system with a version in its URL is written wrongly, and often.
            system: written.map(|written| Canonical::new(written).url.to_owned()),
            canonical: written.map(|written| match text(value, "version") {
                Some(version) => format!("{}|{version}", Canonical::new(written).url),
                None => written.to_owned(),
            }),
            filters: list(value, "filter").map(Filter::new).collect(),
            value_sets: list(value, "valueSet").filter_map(Value::as_str).map(str::to_owned).collect(),
            ..Part::default()
        };
        match value.get("concept") {
            Some(_) => part.listing(concepts),
            None => part,
        }
    }

    fn listing(mut self, concepts: Vec<Listed>) -> Part {
        for (at, concept) in concepts.iter().enumerate() {
            self.by_code.entry(concept.code.clone()).or_insert(at);
            self.by_folded.entry(concept.code.to_lowercase()).or_insert(at);
        }
        Part { concepts: Some(concepts), ..self }
    }

    /// The entry for a code, if the part lists codes and has it; whatever its case where the system says so.
    pub(super) fn listed(&self, code: &str, system: Option<&CodeSystem>) -> Option<&Listed> {
        let at = match system {
            Some(system) if !system.case_sensitive => self.by_folded.get(&code.to_lowercase()),
            _ => self.by_code.get(code),
        };
        self.concepts.as_ref()?.get(*at?)
    }
}

impl Listed {
    fn new(value: &Value) -> Option<Listed> {
        let designations = list(value, "designation").cloned().collect();
        Some(Listed { code: owned(value, "code")?, display: owned(value, "display"), designations })
    }
}

/// The codes of a stored expansion, as parts that list them.
fn expanded(resource: &Value) -> Vec<Part> {
    let mut by_system: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
    let mut open: Vec<&Value> = resource.get("expansion").into_iter().collect();
    while let Some(parent) = open.pop() {
        for member in list(parent, "contains") {
            if let (Some(system), Some(listed)) = (owned(member, "system"), Listed::new(member)) {
                by_system.entry(system).or_default().push(listed);
            }
            open.push(member);
        }
    }
    let part = |(system, concepts): (String, _)| {
        Part { canonical: Some(system.clone()), system: Some(system), ..Part::default() }.listing(concepts)
    };
    by_system.into_iter().map(part).collect()
}
