use axum::response::Response;
use platform::mentoring::MentoringError;

use crate::web::pages::fault::Fault;
use crate::web::pages::said::Said;
use crate::web::pages::words::capital;

impl From<MentoringError> for Fault {
    fn from(error: MentoringError) -> Self {
        match error {
            MentoringError::NotInstructor => Self::Missing("This page is for instructors.".to_owned()),
            MentoringError::NotYours(_) => Self::Missing(format!("{}.", capital(&error.to_string()))),
            MentoringError::Invalid { .. } => Self::Refused(format!("{}.", capital(&error.to_string()))),
            MentoringError::Sandbox(error) => error.into(),
            MentoringError::Portfolio(error) => error.into(),
            MentoringError::Store(error) => error.into(),
        }
    }
}

/// Goes back to `path` and says what became of a form.
pub(super) fn said_at<T>(
    done: Result<T, MentoringError>,
    path: &str,
    words: &str,
) -> Result<Response, Fault> {
    match done {
        Ok(_) => Ok(Said::well(words).at(path)),
        Err(error @ MentoringError::Invalid { .. }) => {
            Ok(Said::badly(format!("{}.", capital(&error.to_string()))).at(path))
        }
        Err(other) => Err(other.into()),
    }
}
