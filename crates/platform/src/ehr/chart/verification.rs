use std::collections::BTreeMap;

use hospital::ehr::is_verification;
use serde::Serialize;
use serde_json::Value;

use super::element::{concept_of, items, text};
use super::moment::Moment;
use super::open::Chart;
use crate::fhir::FhirError;

/// Where the verification of an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationState {
    /// A pharmacist has to look at it.
    Waiting,
    /// A pharmacist verified it.
    Verified,
    /// A pharmacist returned it to who prescribed it.
    Returned,
    /// It ended before anybody looked, or was changed.
    Over,
}

/// What the newest Task of verification says about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Where it stands.
    pub state: VerificationState,
    /// When it came to stand there.
    pub at: Option<Moment>,
    /// The pharmacist who decided.
    pub by: Option<String>,
    /// Why it was returned, or verified in spite of a rule.
    pub reason: Option<String>,
}

impl Verification {
    fn of(task: &Value) -> Self {
        let outcome = concept_of(task, &["businessStatus"]);
        let state = match text(task, "status").unwrap_or_default() {
            "completed" if outcome.as_deref() == Some("changed") => VerificationState::Over,
            "completed" => VerificationState::Verified,
            "rejected" => VerificationState::Returned,
            "cancelled" | "failed" | "entered-in-error" => VerificationState::Over,
            _ => VerificationState::Waiting,
        };
        let note = items(task, "note").last().and_then(|note| text(note, "text")).map(str::to_owned);
        Self {
            state,
            at: Moment::first(task, &["/lastModified", "/authoredOn"]),
            by: task.get("owner").and_then(|owner| text(owner, "display")).map(str::to_owned),
            reason: concept_of(task, &["statusReason"]).or(note),
        }
    }
}

impl Chart<'_> {
    /// The verification of each order that has one, by `Type/ID`. Of several the newest counts.
    pub(super) fn verifications(&self) -> Result<BTreeMap<String, Verification>, FhirError> {
        let mut tasks = self.all("Task")?;
        tasks.retain(is_verification);
        tasks.sort_by_key(|task| Moment::first(task, &["/authoredOn"]).and_then(|moment| moment.at_us));
        let focus =
            |task: &Value| task.pointer("/focus/reference").and_then(Value::as_str).map(str::to_owned);
        Ok(tasks.iter().filter_map(|task| Some((focus(task)?, Verification::of(task)))).collect())
    }
}
