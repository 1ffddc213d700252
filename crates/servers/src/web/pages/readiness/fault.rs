use platform::readiness::ReadinessError;

use crate::web::pages::fault::Fault;
use crate::web::pages::words::capital;

impl From<ReadinessError> for Fault {
    fn from(error: ReadinessError) -> Self {
        let said = format!("{}.", capital(&error.to_string()));
        match error {
            ReadinessError::NoJob(_) | ReadinessError::Closed => Self::Missing(said),
            ReadinessError::Invalid { .. } => Self::Refused(said),
            ReadinessError::Portfolio(error) => error.into(),
            ReadinessError::Record(error) => error.into(),
            ReadinessError::Store(error) => error.into(),
        }
    }
}
