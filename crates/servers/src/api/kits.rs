//! Test kits: what there is, and runs from within a sandbox.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use platform::kits::model::{Kit, Record};
use platform::kits::report::{coverage, test_report};
use platform::kits::{FILLED_IN, KitError, KitRun, kit_run, kit_runs, kits, start_kit, stop_kit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use standards::fhir::instant;

use super::call::Call;
use super::given::Nothing;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct KitList {
    kits: Vec<KitView>,
}

/// A kit, as far as one needs to know it to start a run.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct KitView {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    /// The standard it goes by, with version.
    standard: &'static str,
    /// What must be there before a run has a chance.
    prerequisites: Vec<&'static str>,
    inputs: Vec<InputView>,
    /// How many tests it has.
    tests: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct InputView {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    default: &'static str,
    optional: bool,
    /// Whether it is never shown again.
    secret: bool,
}

/// What a run is told.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRun {
    /// The kit's id.
    kit: String,
    /// Inputs by name; those left out have their default.
    #[serde(default)]
    inputs: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Begun {
    /// The run's id.
    run: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RunList {
    runs: Vec<RunHead>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RunHead {
    id: String,
    kit: String,
    /// What became of it: cancel, wait, running, error, fail, skip, pass or omit.
    outcome: String,
    /// By the machine's clock.
    began: String,
    ended: Option<String>,
}

/// A run as far as it is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RunView {
    id: String,
    /// Whether it is still at work.
    running: bool,
    outcome: Option<&'static str>,
    /// What it waits for a person or an app to do, if it does.
    waits_for: Option<String>,
    /// How many tests have an outcome that stays.
    done: usize,
    /// Everything that was found, with every exchange.
    record: Value,
    /// Which requirements were looked at, and what came of it.
    requirements: Value,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Stopped {
    /// Whether it was at work.
    stopped: bool,
}

pub(super) fn list(_: &Call<'_>) -> Result<KitList, Problem> {
    Ok(KitList { kits: kits().iter().map(described).collect() })
}

fn described(kit: &Kit) -> KitView {
    let inputs = kit.inputs.iter().filter(|input| !FILLED_IN.contains(&input.name));
    let inputs = inputs.map(|input| InputView {
        name: input.name,
        title: input.title,
        about: input.about,
        default: input.default,
        optional: input.optional,
        secret: input.secret,
    });
    KitView {
        id: kit.id,
        title: kit.title,
        about: kit.about,
        standard: kit.standard,
        prerequisites: kit.prerequisites.to_vec(),
        inputs: inputs.collect(),
        tests: kit.tests().len(),
    }
}

pub(super) fn start(call: &Call<'_>, given: &NewRun) -> Result<Begun, Problem> {
    let access = call.enter(call.part("id"))?;
    let run = start_kit(&call.app.platform, &access, &given.kit, &given.inputs, &call.caller.base_url)?;
    Ok(Begun { run })
}

pub(super) fn runs(call: &Call<'_>) -> Result<RunList, Problem> {
    let runs = kit_runs(call.platform(), &call.enter(call.part("id"))?)?;
    Ok(RunList { runs: runs.into_iter().map(head).collect() })
}

fn head(run: KitRun) -> RunHead {
    RunHead {
        id: run.id,
        kit: run.kit,
        outcome: run.outcome,
        began: instant::format(run.began_us),
        ended: run.ended_us.map(instant::format),
    }
}

pub(super) fn read(call: &Call<'_>) -> Result<RunView, Problem> {
    let view = kit_run(call.platform(), &call.enter(call.part("id"))?, call.part("run"))?;
    let record = &view.record;
    let tests = record.tests();
    let waiting = tests.iter().find(|test| test.outcome.is_some_and(|found| found.word() == "wait"));
    let kit = kits().iter().find(|kit| kit.id == record.kit);
    Ok(RunView {
        id: view.id.clone(),
        running: view.is_running,
        outcome: record.outcome().map(|found| found.word()),
        waits_for: waiting.map(|test| test.message.clone()),
        done: tests.iter().filter(|test| test.outcome.is_some_and(|found| found.is_final())).count(),
        record: json!(record),
        requirements: kit.map_or(Value::Null, |kit| json!(coverage(kit, record))),
    })
}

/// A run as a FHIR `TestReport`.
pub(super) fn report(call: &Call<'_>) -> Result<Value, Problem> {
    let view = kit_run(call.platform(), &call.enter(call.part("id"))?, call.part("run"))?;
    let record: &Record = &view.record;
    Ok(test_report(record))
}

pub(super) fn stop(call: &Call<'_>, _: &Nothing) -> Result<Stopped, Problem> {
    Ok(Stopped { stopped: stop_kit(call.platform(), &call.enter(call.part("id"))?, call.part("run")) })
}

impl From<KitError> for Problem {
    fn from(error: KitError) -> Self {
        let status = match &error {
            KitError::Unknown(_) => StatusCode::NOT_FOUND,
            KitError::Inputs(_) => StatusCode::UNPROCESSABLE_ENTITY,
            KitError::Busy(_) => StatusCode::TOO_MANY_REQUESTS,
            KitError::Store(error) => return Self::internal(error),
        };
        Self::new(status, error.to_string())
    }
}
