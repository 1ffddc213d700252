use serde::Deserialize;
use serde_json::{Value, json};

use super::definition::{DefinitionFacts, begin, check_plan, plan_type};
use crate::build::RULE_SEVERITY;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::support::SEVERITIES;

/// Characters in a condition.
const CONDITION_CHARS_MAX: usize = 1_000;

/// A rule as it is to be from now on.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeRule {
    /// The id of the `PlanDefinition`; a new one when there is none of that id.
    pub id: Entered,
    /// What it is called.
    pub title: Entered,
    /// FHIRPath over the order; see [`support`](crate::ehr) for the variables.
    pub condition: Entered,
    /// One of [`SEVERITIES`].
    pub severity: Entered,
    /// What it says to whoever signs.
    pub message: Entered,
    /// One of [`STATES`](super::STATES); as it is when left out.
    pub status: Entered,
    /// The version that the form was opened with.
    pub expected_version: Entered,
}

/// A rule under `id` (`PlanDefinition` of type `eca-rule`).
///
/// # Errors
/// [`EhrError::Fields`].
pub fn change_rule(
    command: &ChangeRule,
    facts: &DefinitionFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    check_plan(&mut problems, facts, "eca-rule");
    let of = (("PlanDefinition", id), (&command.title, &command.status));
    let mut rule = begin(&mut problems, facts, of.0, of.1, now_us);
    if command.condition.text().is_none() {
        problems.add("condition", "is missing", "write when the rule speaks");
    }
    let condition = problems.words("condition", &command.condition, CONDITION_CHARS_MAX);
    if let Some(why) = facts.unreadable {
        problems.add("condition", why, "correct the expression");
    }
    if command.severity.text().is_none() {
        problems.add("severity", "is missing", "choose how loudly it speaks");
    }
    let severity = problems.one_of("severity", &command.severity, &SEVERITIES, |row| row.0);
    let message = problems.needed("message", &command.message, 300, "write what it says");
    problems.settle()?;
    rule["type"] = plan_type("eca-rule");
    rule["action"] = json!([{
        "title": rule["title"],
        "description": message,
        "code": [{"coding": [{"system": RULE_SEVERITY, "code": severity.map_or("warning", |row| row.0)}]}],
        "trigger": [{"type": "named-event", "name": "order-sign"}],
        "condition": [{"kind": "applicability", "expression": {"language": "text/fhirpath", "expression": condition}}],
    }]);
    Ok(rule)
}
