//! Resources of a test's own, as a learner would have stored them.

use serde_json::{Value, json};

use crate::fhir::terminology::{Kind, Source};

/// Resources by type, URL and version.
#[derive(Default)]
pub(super) struct Shelf(pub(super) Vec<Value>);

impl Source for Shelf {
    fn find(&self, kind: Kind, url: &str, version: Option<&str>) -> Option<Value> {
        let fits = |one: &&Value| {
            one["resourceType"] == kind.name()
                && one["url"] == url
                && version.is_none_or(|version| one["version"] == version)
        };
        self.0.iter().find(fits).cloned()
    }

    fn concept_maps(&self) -> Vec<Value> {
        self.0.iter().filter(|one| one["resourceType"] == "ConceptMap").cloned().collect()
    }
}

pub(super) const WARDS: &str = "http://x.example/wards";

/// Wards: `all` above `surgery` and `medicine`, `icu` below both, `attic` no longer in use.
pub(super) fn wards() -> Value {
    json!({"resourceType": "CodeSystem", "url": WARDS, "version": "2", "name": "Wards", "content": "complete",
    "caseSensitive": false, "concept": [
        {"code": "all", "display": "All wards", "property": [{"code": "notSelectable", "valueBoolean": true}], "concept": [
            {"code": "surgery", "display": "Surgery", "concept": [{"code": "icu", "display": "Intensive care",
                "definition": "Where the sickest lie", "designation": [{"language": "de", "value": "Intensivstation"}],
                "property": [{"code": "beds", "valueInteger": 12}]}]},
            {"code": "medicine", "display": "Internal medicine", "property": [{"code": "child", "valueCode": "icu"}]},
            {"code": "attic", "display": "Attic", "property": [{"code": "status", "valueCode": "retired"}]}]}]})
}

/// A value set with these rules.
pub(super) fn set(url: &str, compose: impl Into<Value>) -> Value {
    json!({"resourceType": "ValueSet", "url": url, "status": "active", "compose": compose.into()})
}
