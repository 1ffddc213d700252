use serde::Serialize;
use serde_json::Value;

use crate::build::RULE_SEVERITY;
use crate::ehr::orders::title_of;
use crate::ehr::shape::{id_of, items, text_at};

/// How loudly a rule may speak: code and words.
pub const SEVERITIES: [(&str, &str); 3] =
    [("info", "Information"), ("warning", "Warning, needs a reason"), ("stop", "Hard stop")];

/// How loudly a rule speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It says something and lets the order pass.
    Info,
    /// The order passes once a reason is given.
    Warning,
    /// The order cannot be signed.
    Stop,
}

impl Severity {
    /// The code.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Stop => "stop",
        }
    }
}

/// A rule as far as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The id of the `PlanDefinition`.
    pub id: String,
    /// The version of it.
    pub version: u64,
    /// What it is called.
    pub title: String,
    /// Whether it is in force.
    pub is_active: bool,
    /// FHIRPath over the order.
    pub condition: String,
    /// How loudly it speaks.
    pub severity: Severity,
    /// What it says.
    pub message: String,
}

/// A `PlanDefinition` of type `eca-rule` as a rule; `None` for anything else, and for one without a condition.
pub fn rule_of(definition: &Value) -> Option<Rule> {
    let kinds = definition.get("type").map_or(&[][..], |kind| items(kind, "coding"));
    if !kinds.iter().any(|coding| text_at(coding, "code") == Some("eca-rule")) {
        return None;
    }
    let action = items(definition, "action").first()?;
    let expression = items(action, "condition").first()?.get("expression")?;
    let version = definition.pointer("/meta/versionId").and_then(Value::as_str);
    Some(Rule {
        id: id_of(definition).to_owned(),
        version: version.and_then(|version| version.parse().ok()).unwrap_or_default(),
        title: title_of(definition).to_owned(),
        is_active: text_at(definition, "status") == Some("active"),
        condition: text_at(expression, "expression")?.to_owned(),
        severity: severity_of(action),
        message: text_at(action, "description").unwrap_or_else(|| title_of(definition)).to_owned(),
    })
}

/// The severity of a rule; one that says nothing of the kind is a warning.
fn severity_of(action: &Value) -> Severity {
    let codings = items(action, "code").iter().flat_map(|code| items(code, "coding"));
    let mut ours = codings.filter(|coding| text_at(coding, "system") == Some(RULE_SEVERITY));
    match ours.next().and_then(|coding| text_at(coding, "code")) {
        Some("info") => Severity::Info,
        Some("stop") => Severity::Stop,
        _ => Severity::Warning,
    }
}

/// A rule that spoke about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Firing {
    /// The id of the rule.
    pub rule: String,
    /// The version of the rule.
    pub version: u64,
    /// What the rule is called.
    pub title: String,
    /// The id of the patient.
    pub patient: String,
    /// `Type/ID` of the order.
    pub order: String,
    /// What was ordered.
    pub ordered: String,
    /// How loudly it speaks.
    pub severity: Severity,
    /// What it says.
    pub message: String,
}
