use axum::http::StatusCode;
use platform::integrity::IntegrityError;
use platform::outcomes::OutcomeError;
use platform::programme::ProgrammeError;

use crate::problem::Problem;

impl From<ProgrammeError> for Problem {
    fn from(error: ProgrammeError) -> Self {
        let said = error.to_string();
        match error {
            ProgrammeError::NotInstructor => Self::new(StatusCode::FORBIDDEN, said),
            ProgrammeError::Missing { .. } => Self::new(StatusCode::NOT_FOUND, said),
            ProgrammeError::Invalid { field, .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said).with("field", field)
            }
            ProgrammeError::Mistakes(mistakes) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said.trim_end())
                    .with("problems", serde_json::to_value(mistakes.0).unwrap_or_default())
            }
            ProgrammeError::People(error) => error.into(),
            ProgrammeError::Lab(error) => error.into(),
            ProgrammeError::Store(error) => error.into(),
        }
    }
}

impl From<IntegrityError> for Problem {
    fn from(error: IntegrityError) -> Self {
        match error {
            IntegrityError::Programme(error) => error.into(),
            IntegrityError::Desk(error) => error.into(),
            IntegrityError::Compliance(error) => error.into(),
            IntegrityError::Store(error) => error.into(),
        }
    }
}

impl From<OutcomeError> for Problem {
    fn from(error: OutcomeError) -> Self {
        match error {
            OutcomeError::Programme(error) => error.into(),
            OutcomeError::Record(error) => error.into(),
            OutcomeError::Workshop(error) => error.into(),
            OutcomeError::Store(error) => error.into(),
        }
    }
}
