use serde::Deserialize;
use serde_json::Value;

use super::entered::Entered;
use super::error::{EhrError, Problems};

/// Fewer characters are no reason.
const REASON_CHARS_MIN: usize = 8;

/// A restricted chart that is to be opened.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BreakGlass {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// Why, in words.
    pub reason: Entered,
}

/// The reason for which a restricted chart is opened.
///
/// # Errors
/// [`EhrError::Fields`]: no such patient, a chart that is not restricted, or no reason worth the name.
pub fn break_glass(
    command: &BreakGlass,
    patient: Option<&Value>,
    is_restricted: bool,
) -> Result<String, EhrError> {
    let mut problems = Problems::default();
    if patient.is_none() {
        problems.add("patient", "there is no such patient", "look the patient up");
    } else if !is_restricted {
        problems.add("patient", "this chart is not restricted", "open it as any other");
    }
    let remedy = "write why you need this chart now";
    let reason = problems.needed("reason", &command.reason, 200, remedy).unwrap_or_default();
    if !reason.is_empty() && reason.chars().count() < REASON_CHARS_MIN {
        problems.add("reason", format!("has fewer than {REASON_CHARS_MIN} characters"), remedy);
    }
    problems.settle()?;
    Ok(reason)
}
