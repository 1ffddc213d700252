use platform::workshops::WorkshopError;

use crate::web::pages::fault::Fault;
use crate::web::pages::words::capital;

impl From<WorkshopError> for Fault {
    fn from(error: WorkshopError) -> Self {
        match error {
            WorkshopError::NoCase(_) | WorkshopError::NotYours(_) => Self::Missing(words(&error)),
            WorkshopError::Gone
            | WorkshopError::Invalid { .. }
            | WorkshopError::Refused(_)
            | WorkshopError::Board(_) => Self::Refused(words(&error)),
            WorkshopError::Drill(error) => error.into(),
            WorkshopError::Store(error) => error.into(),
        }
    }
}

/// An error as a sentence.
pub(super) fn words(error: &WorkshopError) -> String {
    format!("{}.", capital(&error.to_string()))
}
