use axum::http::StatusCode;
use platform::workshops::WorkshopError;

use crate::problem::Problem;

impl From<WorkshopError> for Problem {
    fn from(error: WorkshopError) -> Self {
        let said = error.to_string();
        match error {
            WorkshopError::NoCase(_) | WorkshopError::NotYours(_) => Self::new(StatusCode::NOT_FOUND, said),
            WorkshopError::Gone
            | WorkshopError::Invalid { .. }
            | WorkshopError::Refused(_)
            | WorkshopError::Board(_) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, said),
            WorkshopError::Drill(error) => error.into(),
            WorkshopError::Store(error) => error.into(),
        }
    }
}
