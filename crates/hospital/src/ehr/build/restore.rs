use serde::Deserialize;
use serde_json::Value;

use super::definition::DefinitionFacts;
use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::EhrError;

/// A definition that is to be as it was.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RestoreDefinition {
    /// The definition: `ActivityDefinition/ID` or `PlanDefinition/ID`.
    pub definition: Entered,
    /// The version to restore.
    pub version: Entered,
    /// The version that the page was opened with.
    pub expected_version: Entered,
}

/// A new version with the content of an earlier one.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn restore_definition(facts: &DefinitionFacts<'_>, now_us: i64) -> Result<Value, EhrError> {
    if facts.current.is_none() {
        return Err(EhrError::field("definition", "there is no such definition", "choose one from the list"));
    }
    let Some(earlier) = facts.earlier else {
        return Err(EhrError::field("version", "there is no such version", "choose one from its history"));
    };
    let mut restored = earlier.clone();
    restored["date"] = instant_text(now_us).into();
    Ok(restored)
}
