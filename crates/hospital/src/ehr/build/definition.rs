use serde_json::{Value, json};

use crate::build::canonical;
use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::Problems;
use crate::ehr::shape::text_at;

/// The states of a definition: code and words (value set `publication-status`).
pub const STATES: [(&str, &str); 3] = [("active", "In force"), ("draft", "Draft"), ("retired", "Retired")];

/// What the hospital knows about a definition that is changed.
#[derive(Debug, Clone, Default)]
pub struct DefinitionFacts<'a> {
    /// The definition as it is, if there is one of this id.
    pub current: Option<&'a Value>,
    /// The definition as it was in the version that is to be restored.
    pub earlier: Option<&'a Value>,
    /// The ids of orderables that exist.
    pub orderables: &'a [String],
    /// Why a rule's condition cannot be read, if so.
    pub unreadable: Option<&'a str>,
}

/// The definition to change, or a new one; with its title and state.
pub(super) fn begin(
    problems: &mut Problems,
    facts: &DefinitionFacts<'_>,
    (kind, id): (&str, &str),
    (title, status): (&Entered, &Entered),
    now_us: i64,
) -> Value {
    if id.len() > 64 || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.') {
        problems.add(
            "id",
            format!("'{id}' cannot be an id"),
            "use letters, digits, dots and dashes, at most 64",
        );
    }
    let title = problems.needed("title", title, 100, "write what it is called");
    let status = problems.one_of("status", status, &STATES, |row| row.0);
    let mut definition = facts.current.cloned().unwrap_or_else(|| {
        json!({
            "resourceType": kind,
            "id": id,
            "url": canonical(kind, id),
            "name": id.replace(['-', '.'], "_"),
            "status": "active",
            "experimental": true,
        })
    });
    if let Some(title) = title {
        definition["title"] = title.into();
    }
    if let Some((code, _)) = status {
        definition["status"] = (*code).into();
    }
    definition["date"] = instant_text(now_us).into();
    definition
}

/// Whether a definition is a `PlanDefinition` of a type; a new one is.
pub(super) fn check_plan(problems: &mut Problems, facts: &DefinitionFacts<'_>, wanted: &str) {
    let Some(current) = facts.current else { return };
    let code = current.pointer("/type/coding/0").and_then(|coding| text_at(coding, "code"));
    if code != Some(wanted) {
        problems.add("id", format!("is no PlanDefinition of type {wanted}"), "choose another id");
    }
}

/// The type of a `PlanDefinition`.
pub(super) fn plan_type(code: &str) -> Value {
    json!({"coding": [{"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": code}]})
}
