use axum::http::StatusCode;
use platform::projects::ProjectError;

use crate::problem::Problem;

impl From<ProjectError> for Problem {
    fn from(error: ProjectError) -> Self {
        let said = error.to_string();
        match error {
            ProjectError::NoProject(_) | ProjectError::NotYours(_) => Self::new(StatusCode::NOT_FOUND, said),
            ProjectError::NotInstructor => Self::new(StatusCode::FORBIDDEN, said),
            ProjectError::Gone | ProjectError::Invalid { .. } | ProjectError::Refused(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said)
            }
            ProjectError::Sandbox(error) => error.into(),
            ProjectError::Store(error) => error.into(),
        }
    }
}
