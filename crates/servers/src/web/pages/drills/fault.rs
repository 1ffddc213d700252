use platform::drills::DrillError;

use crate::web::pages::fault::Fault;
use crate::web::pages::words::capital;

impl From<DrillError> for Fault {
    fn from(error: DrillError) -> Self {
        let said = |error: &DrillError| format!("{}.", capital(&error.to_string()));
        match error {
            DrillError::NoScenario(_) | DrillError::NotYours(_) | DrillError::Gone => {
                Self::Missing(said(&error))
            }
            DrillError::Refused(_) => Self::Refused(said(&error)),
            DrillError::Sandbox(error) => error.into(),
            DrillError::Store(error) => error.into(),
            DrillError::People(error) => error.into(),
        }
    }
}
