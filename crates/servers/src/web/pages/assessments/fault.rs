use platform::assessments::AssessmentError;

use crate::web::pages::fault::Fault;
use crate::web::pages::words::capital;

impl From<AssessmentError> for Fault {
    fn from(error: AssessmentError) -> Self {
        let said = format!("{}.", capital(&error.to_string()));
        match error {
            AssessmentError::Missing(_) => Self::Missing(said),
            AssessmentError::NotLearner | AssessmentError::FirstComesFirst | AssessmentError::Invalid(_) => {
                Self::Refused(said)
            }
            AssessmentError::Programme(error) => error.into(),
            AssessmentError::Store(error) => error.into(),
        }
    }
}
