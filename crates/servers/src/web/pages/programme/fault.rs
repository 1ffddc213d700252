use axum::response::Response;
use platform::integrity::IntegrityError;
use platform::outcomes::OutcomeError;
use platform::programme::ProgrammeError;

use crate::web::pages::fault::Fault;
use crate::web::pages::said::Said;
use crate::web::pages::words::capital;

impl From<ProgrammeError> for Fault {
    fn from(error: ProgrammeError) -> Self {
        match error {
            ProgrammeError::NotInstructor => Self::Missing("This page is for instructors.".to_owned()),
            ProgrammeError::Missing { .. } => Self::Missing(format!("{}.", capital(&error.to_string()))),
            ProgrammeError::Invalid { .. } | ProgrammeError::Mistakes(_) => Self::Refused(error.to_string()),
            ProgrammeError::People(error) => error.into(),
            ProgrammeError::Lab(error) => error.into(),
            ProgrammeError::Store(error) => error.into(),
        }
    }
}

impl From<IntegrityError> for Fault {
    fn from(error: IntegrityError) -> Self {
        match error {
            IntegrityError::Programme(error) => error.into(),
            IntegrityError::Desk(error) => error.into(),
            IntegrityError::Compliance(error) => error.into(),
            IntegrityError::Store(error) => error.into(),
        }
    }
}

impl From<OutcomeError> for Fault {
    fn from(error: OutcomeError) -> Self {
        match error {
            OutcomeError::Programme(error) => error.into(),
            OutcomeError::Record(error) => error.into(),
            OutcomeError::Workshop(error) => error.into(),
            OutcomeError::Store(error) => error.into(),
        }
    }
}

/// Goes back to `path` and says what became of a form: `words`, or what was wrong with what was typed.
pub(super) fn said_at<T>(
    done: Result<T, ProgrammeError>,
    path: &str,
    words: impl FnOnce(T) -> String,
) -> Result<Response, Fault> {
    match done {
        Ok(done) => Ok(Said::well(words(done)).at(path)),
        Err(error @ (ProgrammeError::Invalid { .. } | ProgrammeError::People(_))) => {
            Ok(Said::badly(format!("{}.", capital(&error.to_string()))).at(path))
        }
        Err(other) => Err(other.into()),
    }
}
