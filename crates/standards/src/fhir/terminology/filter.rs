//! Filters over the concepts of a code system (FHIR R4, value set `filter-operator`).

use std::fmt;

use serde_json::Value;

use super::code_system::{CodeSystem, Concept};
use super::json::owned;

/// A condition on a property of a concept.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    pub(super) property: String,
    pub(super) operator: String,
    pub(super) value: String,
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} {}", self.property, self.operator, self.value)
    }
}

impl Filter {
    pub(super) fn new(value: &Value) -> Filter {
        let member = |name: &str| owned(value, name).unwrap_or_default();
        Filter { property: member("property"), operator: member("op"), value: member("value") }
    }

    /// Whether a concept meets the condition; nothing where the condition is of a kind not understood here.
    pub(super) fn accepts(&self, system: &CodeSystem, concept: &Concept) -> Option<bool> {
        let value = self.value.as_str();
        let is = |code: &str| system.folded(code) == system.folded(&concept.code);
        Some(match self.operator.as_str() {
            "is-a" => is(value) || system.is_above(value, &concept.code),
            "descendent-of" => system.is_above(value, &concept.code),
            "is-not-a" => !is(value) && !system.is_above(value, &concept.code),
            "generalizes" => is(value) || system.is_above(&concept.code, value),
            "=" => self.values(system, concept).iter().any(|found| found == value),
            "in" => self.listed().any(|one| self.values(system, concept).iter().any(|found| found == one)),
            "not-in" => {
                !self.listed().any(|one| self.values(system, concept).iter().any(|found| found == one))
            }
            "exists" => self.values(system, concept).is_empty() == (value == "false"),
            _ => return None,
        })
    }

    fn listed(&self) -> impl Iterator<Item = &str> {
        self.value.split(',').map(str::trim)
    }

    /// The values of the filter's property on a concept, as text.
    fn values(&self, system: &CodeSystem, concept: &Concept) -> Vec<String> {
        match self.property.as_str() {
            "concept" | "code" => vec![concept.code.clone()],
            "display" => concept.display.iter().cloned().collect(),
            "definition" => concept.definition.iter().cloned().collect(),
            "parent" => system.parents(concept).map(|parent| parent.code.clone()).collect(),
            "child" => system.children(concept).map(|child| child.code.clone()).collect(),
            property => concept.values(property).filter_map(shown).collect(),
        }
    }
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Object(coding) => coding.get("code").and_then(Value::as_str).map(str::to_owned),
        Value::Null | Value::Array(_) => None,
    }
}
