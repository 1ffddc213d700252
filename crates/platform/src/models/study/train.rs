use std::sync::Arc;

use ::models::boosting;
use ::models::logistic::{self, Penalty};
use ::models::onnx::{Columns, Network};
use ::models::{Model, Predictor};
use serde_json::json;

use super::card::{Split, card};
use super::error::StudyError;
use super::gather::{Gathered, gather, labels, that_know_the_future};
use super::job::{Stage, Studies};
use super::keep::{PERMISSION, Parameters, Record, check_name};
use super::task::Task;
use crate::access::{Access, outcome};
use crate::ehr::roles::working;
use crate::platform::Platform;

/// The journal kind of a model that was made, or was not.
const TRAINED: &str = "model.train";
/// Told to those who watch as it goes on; it is no entry of the journal.
const PROGRESS: &str = "model.progress";
/// The shares of people who may judge.
const HELD_OUT: std::ops::RangeInclusive<f64> = 0.1..=0.9;
/// Events without which nobody can be judged.
const EVENTS_MIN: usize = 5;

/// A model to be trained.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// The model's name; if there is one, this becomes its next version.
    pub name: String,
    /// What is foretold of whom.
    pub task: Task,
    /// The features it may use, of those the task has; all, if none is named.
    pub features: Vec<String>,
    /// What kind, and how.
    pub parameters: Parameters,
    /// What divides people.
    pub seed: u64,
    /// The share of people who judge.
    pub held_out: f64,
    /// The risk from which one would act.
    pub threshold: f64,
    /// What the lake is asked for; the role's usual purpose if none is said.
    pub purpose: Option<String>,
}

/// A model that was trained elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Bringing {
    /// The file, ONNX.
    pub file: Vec<u8>,
    /// What it is asked, as a training that does not take place. Its features are the file's columns in their order; where the file
    /// names its columns, none need be named.
    pub training: Training,
}

/// What is made of a study.
enum Make {
    Train,
    Bring(Box<Network>, Vec<u8>),
}

/// Begins to train a model, in a thread of its own.
///
/// # Errors
/// [`StudyError`]; then nothing was begun.
pub fn train(platform: &Arc<Platform>, access: &Access, training: Training) -> Result<(), StudyError> {
    begin(platform, access, training, Make::Train)
}

/// Takes in a model that was trained elsewhere, and begins to judge it here.
///
/// # Errors
/// [`StudyError`], with the operator and node of a file that cannot be read; then nothing was begun.
pub fn bring(platform: &Arc<Platform>, access: &Access, bringing: Bringing) -> Result<(), StudyError> {
    let Bringing { file, mut training } = bringing;
    let network = Network::read(&file)?;
    match network.columns() {
        Columns::Named(names) if training.features.is_empty() => training.features.clone_from(names),
        Columns::Unnamed(count) if training.features.is_empty() => {
            return Err(StudyError::Invalid(format!(
                "the file takes {count} columns without names; say the features in their order"
            )));
        }
        columns if columns.count() != training.features.len() => {
            let (takes, named) = (columns.count(), training.features.len());
            return Err(StudyError::Invalid(format!(
                "the file takes {takes} columns, and {named} are named"
            )));
        }
        _ => {}
    }
    training.parameters = Parameters::Onnx { producer: network.producer().to_owned() };
    begin(platform, access, training, Make::Bring(Box::new(network), file))
}

fn begin(
    platform: &Arc<Platform>,
    access: &Access,
    training: Training,
    make: Make,
) -> Result<(), StudyError> {
    working(access)?.check(PERMISSION)?;
    check(&training)?;
    let sandbox = access.sandbox().id().to_owned();
    platform.studies.admit(&sandbox)?;
    let (whole, own) = (Arc::clone(platform), access.clone());
    let work = move || run(&whole, &own, &training, make);
    let started = std::thread::Builder::new().name("study".to_owned()).spawn(work);
    started.map(drop).map_err(|error| {
        tracing::error!(%error, "the thread of a study could not be started");
        let what = "it could not be begun; the server's log says why".to_owned();
        platform.studies.set(&sandbox, Stage::Failed(what.clone()));
        StudyError::Busy(what)
    })
}

fn check(training: &Training) -> Result<(), StudyError> {
    check_name(&training.name)?;
    training.task.check()?;
    if !HELD_OUT.contains(&training.held_out) {
        return Err(StudyError::Invalid(format!(
            "the share of people who judge is {}; it is from {} to {}",
            training.held_out,
            HELD_OUT.start(),
            HELD_OUT.end()
        )));
    }
    match training.threshold > 0.0 && training.threshold < 1.0 {
        true => Ok(()),
        false => Err(StudyError::Invalid("the threshold is above 0 and below 1".to_owned())),
    }
}

/// Makes it, and says how that went. Whatever happens, the hospital's study does not stay at work.
fn run(platform: &Platform, access: &Access, training: &Training, make: Make) {
    let sandbox = access.sandbox().id().to_owned();
    let step = |what| {
        platform.studies.set(&sandbox, Stage::Running(what));
        access.tell(PROGRESS);
    };
    let _unfinished = Unfinished { studies: &platform.studies, sandbox: &sandbox };
    let made = study(platform, access, training, make, &step);
    let (stage, word, detail) = match &made {
        Ok((version, record)) => {
            let card = &record.card;
            let detail = json!({
                "model": training.name,
                "version": version,
                "kind": record.parameters.kind(),
                "snapshot": record.snapshot,
                "snapshot_sha256": record.snapshot_sha256,
                "features": record.features,
                "rows": card.trained.0,
                "auroc": card.judged.auroc.value,
                "worst": card.worst(),
            });
            (Stage::Done(training.name.clone(), *version), outcome::OK, detail)
        }
        Err(error) => {
            let what: String = error.to_string().chars().take(500).collect();
            let detail = json!({"model": training.name, "what": what});
            (Stage::Failed(error.to_string()), "failed", detail)
        }
    };
    // The hospital's time has gone on since it was begun.
    let now = platform.access(access.sandbox().id(), access.actor(), "page");
    let noted = now.and_then(|now| now.note(now.event(TRAINED, None, word, detail)));
    if let Err(error) = noted {
        tracing::error!(%error, "a study was not journalled");
    }
    platform.studies.set(&sandbox, stage);
    access.tell(PROGRESS);
}

/// Says that a study failed if its thread ends before it is over.
struct Unfinished<'a> {
    studies: &'a Studies,
    sandbox: &'a str,
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if let Some(Stage::Running(_)) = self.studies.stage(self.sandbox) {
            let what = "it broke off; the server's log says why".to_owned();
            self.studies.set(self.sandbox, Stage::Failed(what));
        }
    }
}

fn study(
    platform: &Platform,
    access: &Access,
    training: &Training,
    make: Make,
    step: &dyn Fn(&'static str),
) -> Result<(u32, Record), StudyError> {
    let task = &training.task;
    let gathered = gather(platform, access, task, training.purpose.as_deref(), None)?;
    let features = chosen(&gathered, &training.features)?;
    if let Some(unknown) = task.needs.iter().find(|need| !features.contains(need)) {
        return Err(StudyError::Invalid(format!(
            "the task needs {unknown:.80}, which is not among the features"
        )));
    }
    step("Asking what became of them");
    let asked = (Some(gathered.purpose.as_str()), Some(gathered.snapshot));
    let labels = labels(platform, access, task, &gathered.cases, asked.0, asked.1)?;
    step("Looking for features that know the future");
    let future = that_know_the_future(platform, access, task, &gathered)?;
    let split = Split::of(&gathered.cases, labels.outcomes, training.seed, training.held_out);
    enough(&split)?;
    step("Learning");
    let (model, file) = match make {
        Make::Train => fitted(training, &gathered, &features, &split)?,
        Make::Bring(network, file) => (Predictor::network(*network, features.clone())?, file),
    };
    step("Judging it on people it never saw");
    let card = card(&model, &gathered.known, &split, &future, (training.seed, training.threshold))?;
    let manifest = platform.lake(access, asked.0).map_err(StudyError::lake("the snapshot"))?;
    let snapshot = manifest.snapshots.into_iter().find(|one| one.number == gathered.snapshot);
    let record = Record {
        task: task.clone(),
        features,
        parameters: training.parameters.clone(),
        snapshot: gathered.snapshot,
        snapshot_sha256: snapshot.as_ref().map(|one| one.sha256.clone()).unwrap_or_default(),
        taken: snapshot.map(|one| one.taken).unwrap_or_default(),
        asked_as: (gathered.role, gathered.purpose),
        seed: training.seed,
        held_out: training.held_out,
        threshold: training.threshold,
        card,
    };
    let version = platform.keep_model(access, &training.name, &record, &file)?;
    Ok((version, record))
}

/// The features that are used, in the task's order for a model that is trained here.
fn chosen(gathered: &Gathered, wanted: &[String]) -> Result<Vec<String>, StudyError> {
    let there = gathered.known.table.names();
    if let Some(unknown) = wanted.iter().find(|name| !there.contains(name)) {
        let what = format!("the task has no feature '{unknown:.80}'; it has {}", there.join(", "));
        return Err(StudyError::Invalid(what));
    }
    Ok(if wanted.is_empty() { there.to_vec() } else { wanted.to_vec() })
}

fn fitted(
    training: &Training,
    gathered: &Gathered,
    features: &[String],
    split: &Split,
) -> Result<(Predictor, Vec<u8>), StudyError> {
    let names: Vec<&str> = features.iter().map(String::as_str).collect();
    let table = gathered.known.table.columns_of(&names)?.rows_of(&split.train);
    let outcomes = split.outcomes_of(&split.train);
    let model = match &training.parameters {
        Parameters::Logistic { strength } => {
            Model::Logistic(logistic::fit(&table, &outcomes, Penalty::L2 { strength: *strength })?)
        }
        Parameters::Boosting(settings) => Model::Boosted(boosting::fit(&table, &outcomes, settings)?),
        Parameters::Onnx { .. } => {
            return Err(StudyError::Invalid("a model of ONNX is brought, not trained here".to_owned()));
        }
    };
    let file = model.write().into_bytes();
    Ok((Predictor::Own(model), file))
}

/// Too few events are told in numbers, before anything is learnt.
fn enough(split: &Split) -> Result<(), StudyError> {
    for (rows, who) in [(&split.train, "learnt from"), (&split.test, "judged by")] {
        let outcomes = split.outcomes_of(rows);
        let events = outcomes.iter().filter(|outcome| **outcome == 1.0).count();
        if events < EVENTS_MIN || outcomes.len() - events < EVENTS_MIN {
            return Err(StudyError::Invalid(format!(
                "of {} rows that are {who}, {events} have the outcome; at least {EVENTS_MIN} must have it and {EVENTS_MIN} not. Take a longer time at risk, or a wider cohort",
                outcomes.len()
            )));
        }
    }
    Ok(())
}
