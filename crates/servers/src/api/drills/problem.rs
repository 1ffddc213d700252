use axum::http::StatusCode;
use platform::drills::DrillError;

use crate::problem::Problem;

impl From<DrillError> for Problem {
    fn from(error: DrillError) -> Self {
        let said = error.to_string();
        match error {
            DrillError::NoScenario(_) | DrillError::NotYours(_) | DrillError::Gone => {
                Self::new(StatusCode::NOT_FOUND, said)
            }
            DrillError::Refused(_) | DrillError::People(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said)
            }
            DrillError::Sandbox(error) => error.into(),
            DrillError::Store(error) => error.into(),
        }
    }
}
