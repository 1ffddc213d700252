use platform::models::{Registered, Stage, StudyError, Task, ready_tasks};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::deploy::DeploymentView;
use crate::api::call::Call;
use crate::problem::Problem;

/// What asks for the newest version, whatever its number.
const NEWEST: &str = "newest";

/// The models of a hospital.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ModelsView {
    /// Every version, by name, the newest of each first.
    versions: Vec<VersionView>,
    /// Those that answer in the chart.
    deployed: Vec<DeploymentView>,
    /// Tasks to begin with, by the names under which they can be asked for.
    tasks: Vec<NamedTask>,
    /// What is being made, or was made last since the server started.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<ProgressView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NamedTask {
    name: String,
    task: TaskView,
}

/// What is foretold of whom.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TaskView {
    title: String,
    predicts: String,
    /// SQL over the lake: `patient_id`, `encounter_id` (or NULL) and `index_time`.
    cohort: String,
    /// SQL over `cases` and the lake: `case_id` and columns, one row for each case.
    features: String,
    /// SQL over the lake: `patient_id` and `event_time`.
    outcome: String,
    /// The first day after the index time that counts.
    from_days: u32,
    /// The last day.
    to_days: u32,
    /// Features without which there is no risk.
    #[serde(default)]
    needs: Vec<String>,
}

/// How far a model is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProgressView {
    /// `running`, `done` or `failed`.
    state: &'static str,
    /// What is done now, what is there, or why it failed.
    what: String,
}

/// A version in short.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct VersionView {
    name: String,
    version: u32,
    kind: String,
    title: String,
    made_by: String,
    sha256: String,
    snapshot: u64,
    snapshot_sha256: String,
    auroc: f64,
    /// The worst answer to what was asked of the study: `good`, `doubt` or `leak`.
    worst: Value,
}

/// A version with all that is known of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WholeView {
    head: VersionView,
    /// Task, parameters, snapshot and card.
    record: Value,
}

/// A model.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ModelView {
    /// Newest first.
    versions: Vec<VersionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deployed: Option<DeploymentView>,
}

/// `GET /s/{sandbox}/models`.
pub(super) fn list(call: &Call<'_>) -> Result<ModelsView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let platform = call.platform();
    let tasks = ready_tasks().iter();
    Ok(ModelsView {
        versions: platform.models(&access)?.iter().map(VersionView::of).collect(),
        deployed: platform.deployments(&access)?.into_iter().map(DeploymentView::of).collect(),
        tasks: tasks.map(|one| NamedTask { name: one.slug.clone(), task: TaskView::of(&one.task) }).collect(),
        progress: platform.study_stage(&access).map(ProgressView::of),
    })
}

/// `GET /s/{sandbox}/models/{name}`.
pub(super) fn model(call: &Call<'_>) -> Result<ModelView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let name = call.part("name");
    call.platform().model(&access, name, None)?;
    let all = call.platform().models(&access)?;
    Ok(ModelView {
        versions: all.iter().filter(|one| one.name == name).map(VersionView::of).collect(),
        deployed: call.platform().deployment(&access, name)?.map(DeploymentView::of),
    })
}

/// `GET /s/{sandbox}/models/{name}/versions/{version}`.
pub(super) fn version(call: &Call<'_>) -> Result<WholeView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let number = match call.part("version") {
        NEWEST => None,
        version => Some(version.parse().map_err(|_| {
            StudyError::Unknown(format!("'{version:.20}' is no number of a version, and not {NEWEST}"))
        })?),
    };
    let found = call.platform().model(&access, call.part("name"), number)?;
    let record = serde_json::to_value(&found.record).map_err(|error| Problem::internal(&error))?;
    Ok(WholeView { head: VersionView::of(&found), record })
}

/// `DELETE /s/{sandbox}/models/{name}`.
pub(super) fn remove(call: &Call<'_>) -> Result<(), Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(call.platform().remove_model(&access, call.part("name"))?)
}

impl VersionView {
    fn of(one: &Registered) -> Self {
        let card = &one.record.card;
        Self {
            name: one.name.clone(),
            version: one.version,
            kind: one.kind.clone(),
            title: one.record.task.title.clone(),
            made_by: one.made_by.clone(),
            sha256: one.sha256.clone(),
            snapshot: one.record.snapshot,
            snapshot_sha256: one.record.snapshot_sha256.clone(),
            auroc: card.judged.auroc.value,
            worst: serde_json::to_value(card.worst()).unwrap_or_default(),
        }
    }
}

impl ProgressView {
    pub(super) fn of(stage: Stage) -> Self {
        match stage {
            Stage::Running(what) => Self { state: "running", what: what.to_owned() },
            Stage::Done(name, version) => Self { state: "done", what: format!("{name} version {version}") },
            Stage::Failed(what) => Self { state: "failed", what },
        }
    }
}

impl TaskView {
    fn of(task: &Task) -> Self {
        let Task { title, predicts, cohort, features, outcome, risk, needs, yardstick: _ } = task.clone();
        let (from_days, to_days) = (risk.from_days, risk.to_days);
        Self { title, predicts, cohort, features, outcome, from_days, to_days, needs }
    }

    pub(super) fn task(&self) -> Task {
        let Self { title, predicts, cohort, features, outcome, from_days, to_days, needs } = self.clone();
        let risk = platform::models::RiskTime { from_days, to_days };
        Task { title, predicts, cohort, features, outcome, risk, needs, yardstick: None }
    }
}
