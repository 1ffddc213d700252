use axum::http::StatusCode;
use platform::assessments::AssessmentError;
use platform::readiness::ReadinessError;
use platform::record::RecordError;

use crate::problem::Problem;

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Self {
        let said = error.to_string();
        match error {
            RecordError::NotYours(_) => Self::new(StatusCode::NOT_FOUND, said),
            RecordError::Refused { field, .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said).with("field", field)
            }
            RecordError::Unreadable(_) => Self::new(StatusCode::CONFLICT, said),
            RecordError::Placement(error) => error.into(),
            RecordError::Programme(error) => error.into(),
            RecordError::Store(error) => error.into(),
        }
    }
}

impl From<AssessmentError> for Problem {
    fn from(error: AssessmentError) -> Self {
        let said = error.to_string();
        match error {
            AssessmentError::Missing(_) => Self::new(StatusCode::NOT_FOUND, said),
            AssessmentError::NotLearner => Self::new(StatusCode::FORBIDDEN, said),
            AssessmentError::FirstComesFirst => Self::new(StatusCode::CONFLICT, said),
            AssessmentError::Invalid(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said).with("field", "answers")
            }
            AssessmentError::Programme(error) => error.into(),
            AssessmentError::Store(error) => error.into(),
        }
    }
}

impl From<ReadinessError> for Problem {
    fn from(error: ReadinessError) -> Self {
        let said = error.to_string();
        match error {
            ReadinessError::NoJob(_) | ReadinessError::Closed => Self::new(StatusCode::NOT_FOUND, said),
            ReadinessError::Invalid { field, .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said).with("field", field)
            }
            ReadinessError::Portfolio(error) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
            }
            ReadinessError::Record(error) => error.into(),
            ReadinessError::Store(error) => error.into(),
        }
    }
}
