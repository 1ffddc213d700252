use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::error::StudyError;

/// How far a model is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It is being made: what is done now.
    Running(&'static str),
    /// It is there: its name and version.
    Done(String, u32),
    /// It was not made, and why.
    Failed(String),
}

/// What is being made, or was made last, in each hospital.
#[derive(Debug, Clone, Default)]
pub struct Studies(Arc<Mutex<BTreeMap<String, Stage>>>);

impl Studies {
    /// What is being made in a hospital, or was made last since the server started.
    #[must_use]
    pub fn stage(&self, sandbox: &str) -> Option<Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(sandbox).cloned()
    }

    pub(super) fn admit(&self, sandbox: &str) -> Result<(), StudyError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(all.get(sandbox), Some(Stage::Running(_))) {
            let what = "a model of this hospital is being made; wait until it is done".to_owned();
            return Err(StudyError::Busy(what));
        }
        all.insert(sandbox.to_owned(), Stage::Running("Asking who is in the study"));
        Ok(())
    }

    pub(super) fn set(&self, sandbox: &str, stage: Stage) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(sandbox.to_owned(), stage);
    }
}
