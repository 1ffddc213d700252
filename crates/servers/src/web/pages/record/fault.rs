use axum::response::Response;
use platform::record::RecordError;

use crate::web::pages::fault::Fault;
use crate::web::pages::said::Said;
use crate::web::pages::words::capital;

impl From<RecordError> for Fault {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::NotYours(_) => Self::Missing(format!("{}.", capital(&error.to_string()))),
            RecordError::Refused { .. } | RecordError::Unreadable(_) => {
                Self::Refused(format!("{}.", capital(&error.to_string())))
            }
            RecordError::Placement(error) => error.into(),
            RecordError::Programme(error) => error.into(),
            RecordError::Store(error) => error.into(),
        }
    }
}

/// Goes back to `path` and says what became of a form.
pub(super) fn said_at<T>(done: Result<T, RecordError>, path: &str, words: &str) -> Result<Response, Fault> {
    match done {
        Ok(_) => Ok(Said::well(words).at(path)),
        Err(
            error @ (RecordError::Refused { .. } | RecordError::Store(platform::StoreError::Conflict { .. })),
        ) => Ok(Said::badly(format!("{}.", capital(&error.to_string()))).at(path)),
        Err(error) => Err(error.into()),
    }
}
