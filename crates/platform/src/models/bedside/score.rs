use ::models::{Contribution, Predictor};

use super::keep::Deployment;
use crate::access::Access;
use crate::lake::Bedside;
use crate::models::study::{Registered, StudyError, bedside_sql, features_of};
use crate::platform::Platform;

/// What a model says of a patient now.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scored {
    /// What was known, in the order of the model's features; nothing where a value is missing.
    pub(super) known: Vec<(String, Option<f64>)>,
    pub(super) said: Said,
}

/// A risk, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// A risk, with what each feature adds to its log odds, most first, where the model tells.
    Risk(f64, Vec<Contribution>),
    /// Features are missing that the task needs.
    Incomplete(Vec<String>),
}

/// Asks the version that answers about a patient: the task's own SQL, of the hospital as it is now.
pub(super) fn score(
    platform: &Platform,
    access: &Access,
    deployment: &Deployment,
    (patient, encounter): (&str, Option<&str>),
) -> Result<(Registered, Scored), StudyError> {
    let model = platform.model(access, &deployment.name, Some(deployment.version))?;
    let predictor = platform.predictor(access, &model)?;
    let scored = of(platform, access, &model, &predictor, (patient, encounter))?;
    Ok((model, scored))
}

fn of(
    platform: &Platform,
    access: &Access,
    model: &Registered,
    predictor: &Predictor,
    (patient, encounter): (&str, Option<&str>),
) -> Result<Scored, StudyError> {
    let task = &model.record.task;
    let sql = bedside_sql(task, patient, encounter, access.virtual_us());
    let bedside =
        Bedside::of(platform, access, patient, &task.features).map_err(StudyError::lake("the chart"))?;
    let answer = bedside.ask(&sql).map_err(StudyError::lake("the features"))?;
    let features = predictor.features();
    let table = features_of(&answer, &[1])?.table.columns_of(&features)?;
    let row = table.row(0);
    let known: Vec<(String, Option<f64>)> = features
        .iter()
        .zip(&row)
        .map(|(name, value)| ((*name).to_owned(), (!value.is_nan()).then_some(*value)))
        .collect();
    let is_missing = |need: &&String| known.iter().any(|(name, value)| name == *need && value.is_none());
    let missing: Vec<String> = task.needs.iter().filter(is_missing).cloned().collect();
    if !missing.is_empty() {
        return Ok(Scored { known, said: Said::Incomplete(missing) });
    }
    let risk = predictor.risks(&table)?[0];
    let mut parts = predictor.explain(&row).unwrap_or_default();
    parts.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    Ok(Scored { known, said: Said::Risk(risk, parts) })
}
