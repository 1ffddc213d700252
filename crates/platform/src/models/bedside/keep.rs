use serde::{Deserialize, Serialize};
use store::StoreError;
use store::sandbox::systems::SystemRecord;
use store::sandbox::{Change, View};

use crate::access::Access;

/// The system under which deployments are kept.
pub const SYSTEM: &str = "Models";
const DEPLOYMENT: &str = "deployment";

/// Whether anybody sees what a model says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// It scores, the journal has the score, and nobody sees a card.
    Silent,
    /// Whoever opens a chart sees a card where the risk is at the threshold or above.
    Live,
}

impl Mode {
    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Live => "live",
        }
    }
}

/// A version that answers in the chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deployment {
    /// The model.
    pub name: String,
    /// The version that answers.
    pub version: u32,
    /// Whether anybody sees it.
    pub mode: Mode,
    /// The risk from which a card is shown.
    pub threshold: f64,
    /// Since when, in the hospital's own time, microseconds since 1970 UTC.
    pub since_us: i64,
    /// Who deployed it.
    pub by: String,
    /// The versions that answered before, the latest last: what a roll-back goes back to.
    pub earlier: Vec<u32>,
}

impl Deployment {
    /// The id of the service it answers as.
    #[must_use]
    pub fn service(&self) -> String {
        service_id(&self.name)
    }
}

/// The id of the service of a model.
pub(super) fn service_id(name: &str) -> String {
    format!("model-{name}")
}

pub(super) fn deployments(view: View<'_>) -> Result<Vec<Deployment>, StoreError> {
    view.system_records(SYSTEM, DEPLOYMENT)?.iter().map(read).collect()
}

pub(super) fn deployment(view: View<'_>, name: &str) -> Result<Option<Deployment>, StoreError> {
    view.system_record(SYSTEM, DEPLOYMENT, name)?.as_ref().map(read).transpose()
}

pub(super) fn keep(change: &Change<'_>, access: &Access, deployment: &Deployment) -> Result<(), StoreError> {
    let body = serde_json::to_string(deployment).map_err(|error| damaged(&deployment.name, &error))?;
    change.put_system_record(&SystemRecord {
        system: SYSTEM.to_owned(),
        kind: DEPLOYMENT.to_owned(),
        key: deployment.name.clone(),
        body,
        due_us: None,
        updated_us: access.virtual_us(),
    })
}

pub(super) fn forget(change: &Change<'_>, name: &str) -> Result<(), StoreError> {
    change.drop_system_record(SYSTEM, DEPLOYMENT, name)
}

fn read(record: &SystemRecord) -> Result<Deployment, StoreError> {
    serde_json::from_str(&record.body).map_err(|error| damaged(&record.key, &error))
}

fn damaged(name: &str, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { what: format!("the deployment of the model '{name}': {error}") }
}
