use ::models::boosting::Settings;
use ::models::onnx::Network;
use ::models::{Model, Predictor};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::StoreError;
use store::records::{ModelVersion, SandboxId};

use super::card::Card;
use super::error::StudyError;
use super::job::Stage;
use super::task::Task;
use crate::access::{Access, outcome};
use crate::ehr::roles::working;
use crate::platform::Platform;

/// What somebody must be permitted who makes, deploys or removes models.
pub(in crate::models) const PERMISSION: &str = "build.change";
/// Characters of a name.
const NAME_CHARS_MAX: usize = 40;

/// How a model was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parameters {
    /// Logistic regression, with the weight of the data against the penalty.
    Logistic {
        /// scikit-learn's `C`.
        strength: f64,
    },
    /// Boosted trees.
    Boosting(Settings),
    /// Elsewhere, by what the file names.
    Onnx {
        /// What wrote the file, as it says.
        producer: String,
    },
}

/// What a version was made from, and what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What is foretold of whom.
    pub task: Task,
    /// The features, in the order of a row.
    pub features: Vec<String>,
    /// How it was made.
    pub parameters: Parameters,
    /// The snapshot of the lake.
    pub snapshot: u64,
    /// Its hash.
    pub snapshot_sha256: String,
    /// When it was taken, in the hospital's own time.
    pub taken: String,
    /// The role and the purpose in which the lake was asked.
    pub asked_as: (String, String),
    /// What divided people.
    pub seed: u64,
    /// The share of people who judge.
    pub held_out: f64,
    /// The risk from which one would act, for the groups.
    pub threshold: f64,
    /// The card.
    pub card: Card,
}

/// A version of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Registered {
    /// The model.
    pub name: String,
    /// Its number, from 1.
    pub version: u32,
    /// What kind, in a word.
    pub kind: String,
    /// When it was made, by the machine's clock, microseconds since 1970 UTC.
    pub made_us: i64,
    /// Who made it.
    pub made_by: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// What it was made from.
    pub record: Record,
}

impl Parameters {
    /// The kind in a word.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Logistic { .. } => "logistic",
            Self::Boosting(_) => "boosting",
            Self::Onnx { .. } => "onnx",
        }
    }
}

impl Platform {
    /// Every version of every model of a hospital, by name, the newest of each first.
    ///
    /// # Errors
    /// When the store fails, or what was kept cannot be read any more.
    pub fn models(&self, access: &Access) -> Result<Vec<Registered>, StoreError> {
        let all = self.records.model_list(&SandboxId::from(access.sandbox().id()))?;
        all.into_iter().map(registered).collect()
    }

    /// A version of a model, or its newest.
    ///
    /// # Errors
    /// [`StudyError::Unknown`] if there is none.
    pub fn model(&self, access: &Access, name: &str, version: Option<u32>) -> Result<Registered, StudyError> {
        let mut own = self.models(access)?.into_iter().filter(|one| one.name == name);
        let found = own.find(|one| version.is_none_or(|version| one.version == version));
        found.ok_or_else(|| {
            let version = version.map_or(String::new(), |version| format!(" in version {version}"));
            StudyError::Unknown(format!(
                "this hospital has no model '{name:.60}'{version}; the page Models lists those it has"
            ))
        })
    }

    /// The file of a version: JSON of a model trained here, ONNX of one that was brought.
    ///
    /// # Errors
    /// [`StudyError::Unknown`] if there is none.
    pub fn model_file(&self, access: &Access, name: &str, version: u32) -> Result<Vec<u8>, StudyError> {
        let sandbox = SandboxId::from(access.sandbox().id());
        let file = self.records.model_file(&sandbox, name, version)?;
        file.ok_or_else(|| {
            StudyError::Unknown(format!("there is no model '{name:.60}' in version {version}"))
        })
    }

    /// Removes a model with all its versions, unless it answers in the chart.
    ///
    /// # Errors
    /// [`StudyError`].
    pub fn remove_model(&self, access: &Access, name: &str) -> Result<(), StudyError> {
        working(access)?.check(PERMISSION)?;
        self.model(access, name, None)?;
        if self.deployment(access, name)?.is_some() {
            return Err(StudyError::Invalid(format!("{name} answers in the chart; withdraw it first")));
        }
        self.records.model_remove(&SandboxId::from(access.sandbox().id()), name)?;
        access.note(access.event("model.remove", None, outcome::OK, serde_json::json!({"model": name})))?;
        Ok(())
    }

    /// How far the model is that is being made, or how the last one ended.
    #[must_use]
    pub fn study_stage(&self, access: &Access) -> Option<Stage> {
        self.studies.stage(access.sandbox().id())
    }

    /// The model of a version, ready to be asked.
    pub(in crate::models) fn predictor(
        &self,
        access: &Access,
        model: &Registered,
    ) -> Result<Predictor, StudyError> {
        let file = self.model_file(access, &model.name, model.version)?;
        read(&file, &model.record)
    }

    /// Keeps the next version of a model.
    pub(super) fn keep_model(
        &self,
        access: &Access,
        name: &str,
        record: &Record,
        file: &[u8],
    ) -> Result<u32, StudyError> {
        let version = ModelVersion {
            sandbox: SandboxId::from(access.sandbox().id()),
            name: name.to_owned(),
            version: 0,
            kind: record.parameters.kind().to_owned(),
            made_us: self.clock.now_us(),
            made_by: access.actor().to_owned(),
            sha256: HEXLOWER.encode(&Sha256::digest(file)),
            record: serde_json::to_string(record).map_err(|error| damaged(name, &error))?,
        };
        Ok(self.records.model_add(&version, file)?)
    }
}

/// A file as its record says it is to be read.
pub(super) fn read(file: &[u8], record: &Record) -> Result<Predictor, StudyError> {
    Ok(match record.parameters {
        Parameters::Onnx { .. } => Predictor::network(Network::read(file)?, record.features.clone())?,
        Parameters::Logistic { .. } | Parameters::Boosting(_) => Predictor::Own(Model::read(file)?),
    })
}

/// Holds a name to what can stand in an address and after `model-` in the id of a service.
pub(super) fn check_name(name: &str) -> Result<(), StudyError> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_name = (1..=NAME_CHARS_MAX).contains(&name.len())
        && name.chars().all(fits)
        && name.starts_with(|c: char| c.is_ascii_lowercase());
    match is_name {
        true => Ok(()),
        false => Err(StudyError::Invalid(format!(
            "a name has up to {NAME_CHARS_MAX} small letters, digits and '-', and begins with a letter: such as acute-care"
        ))),
    }
}

fn registered(kept: ModelVersion) -> Result<Registered, StoreError> {
    let record = serde_json::from_str(&kept.record).map_err(|error| damaged(&kept.name, &error))?;
    let ModelVersion { name, version, kind, made_us, made_by, sha256, .. } = kept;
    Ok(Registered { name, version, kind, made_us, made_by, sha256, record })
}

fn damaged(name: &str, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { what: format!("the record of the model '{name}': {error}") }
}
