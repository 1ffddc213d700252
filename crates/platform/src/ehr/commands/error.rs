use hospital::ehr::EhrError;
use hospital::staff::Denied;
use store::StoreError;

use super::command::NAMES;
use crate::fhir::{FhirError, Refusal};

/// Why a command was not carried out. Nothing was written but the journal entry that says so.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// There is no such command.
    #[error("there is no command '{name}'; there are {}", NAMES.join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
    },
    /// The form is wrong, or the hospital's state forbids it.
    #[error(transparent)]
    Refused(#[from] EhrError),
    /// The role worked as lacks the command's permission.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// What was to be written was refused: most often because somebody changed it since the form was opened.
    #[error(transparent)]
    Fhir(#[from] FhirError),
}

impl CommandError {
    /// The refusal, where the chart refused.
    ///
    /// # Errors
    /// Where it was not the chart but the store that failed: then the same may be done later.
    pub(crate) fn refusal(self) -> Result<Self, StoreError> {
        match self {
            Self::Fhir(error) if error.refusal == Refusal::Internal => {
                Err(StoreError::Conflict { what: error.to_string() })
            }
            refusal => Ok(refusal),
        }
    }

    /// The reason as one word for the journal.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "not-supported",
            Self::Refused(error) => error.word(),
            Self::Denied(_) => Refusal::Forbidden.word(),
            Self::Fhir(error) => error.refusal.word(),
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        Self::Fhir(error.into())
    }
}
