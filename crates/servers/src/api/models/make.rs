use axum::http::StatusCode;
use data_encoding::BASE64;
use platform::models::{
    Bringing, ONNX_BYTES_MAX, Parameters, Settings, StudyError, Training, bring as begin_bringing,
    ready_tasks, train as begin_training,
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::view::{ProgressView, TaskView};
use crate::api::call::Call;
use crate::problem::Problem;

/// A model to be trained.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewModel {
    study: Study,
    /// `logistic` or `boosting`.
    #[serde(default)]
    kind: Kind,
    /// Logistic: weight of the data against the penalty.
    strength: Option<f64>,
    /// Boosting: how many trees.
    trees: Option<usize>,
    /// Boosting: how deep a tree may be.
    max_depth: Option<usize>,
}

/// A model that was trained elsewhere.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BroughtModel {
    study: Study,
    /// The file, ONNX, in base64.
    file: String,
}

/// What is studied.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Study {
    /// The model's name; if there is one, this becomes its next version.
    name: String,
    /// The name of a task to begin with.
    ready: Option<String>,
    /// A task of one's own.
    task: Option<TaskView>,
    /// The features it may use; all, if left out. Of a model that is brought, its columns in their order.
    #[serde(default)]
    features: Vec<String>,
    /// What divides people.
    seed: Option<u64>,
    /// The share of people who judge.
    held_out: Option<f64>,
    /// The risk from which one would act.
    threshold: Option<f64>,
    /// What the lake is asked for; the usual purpose of the role worked as, if left out.
    purpose: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    #[default]
    Logistic,
    Boosting,
}

/// `POST /s/{sandbox}/models`.
pub(super) fn train(call: &Call<'_>, wanted: &NewModel) -> Result<ProgressView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let usual = Settings::default();
    let parameters = match wanted.kind {
        Kind::Logistic => Parameters::Logistic { strength: wanted.strength.unwrap_or(1.0) },
        Kind::Boosting => Parameters::Boosting(Settings {
            trees: wanted.trees.unwrap_or(usual.trees),
            max_depth: wanted.max_depth.unwrap_or(usual.max_depth),
            ..usual
        }),
    };
    begin_training(&call.app.platform, &access, wanted.study.training(parameters)?)?;
    progress(call, &access)
}

/// `POST /s/{sandbox}/models/bring`.
pub(super) fn bring(call: &Call<'_>, wanted: &BroughtModel) -> Result<ProgressView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let file = BASE64.decode(wanted.file.trim().as_bytes()).map_err(|error| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("file is no base64 ({error})"))
    })?;
    if file.len() > ONNX_BYTES_MAX {
        let what = format!("the file is larger than {} MB", ONNX_BYTES_MAX >> 20);
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, what));
    }
    let training = wanted.study.training(Parameters::Onnx { producer: String::new() })?;
    begin_bringing(&call.app.platform, &access, Bringing { file, training })?;
    progress(call, &access)
}

fn progress(call: &Call<'_>, access: &platform::access::Access) -> Result<ProgressView, Problem> {
    let stage = call.platform().study_stage(access);
    stage.map(ProgressView::of).ok_or_else(|| StudyError::Unknown("nothing is being made".to_owned()).into())
}

impl Study {
    fn training(&self, parameters: Parameters) -> Result<Training, StudyError> {
        let task = match (&self.task, &self.ready) {
            (Some(task), None) => task.task(),
            (None, Some(ready)) => {
                let found = ready_tasks().iter().find(|one| one.slug == *ready);
                found.map(|one| one.task.clone()).ok_or_else(|| {
                    StudyError::Unknown(format!("there is no task '{ready:.60}' to begin with; the list of models names those there are"))
                })?
            }
            _ => {
                return Err(StudyError::Invalid(
                    "give a task, or the name of one to begin with as ready".to_owned(),
                ));
            }
        };
        Ok(Training {
            name: self.name.clone(),
            task,
            features: self.features.clone(),
            parameters,
            seed: self.seed.unwrap_or(1),
            held_out: self.held_out.unwrap_or(0.3),
            threshold: self.threshold.unwrap_or(0.2),
            purpose: self.purpose.clone(),
        })
    }
}
