use platform::projects::ProjectError;

use crate::web::pages::fault::Fault;
use crate::web::pages::words::capital;

impl From<ProjectError> for Fault {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::NoProject(_) | ProjectError::NotYours(_) => Self::Missing(words(&error)),
            ProjectError::NotInstructor => Self::Denied(words(&error)),
            ProjectError::Gone | ProjectError::Invalid { .. } | ProjectError::Refused(_) => {
                Self::Refused(words(&error))
            }
            ProjectError::Sandbox(error) => error.into(),
            ProjectError::Store(error) => error.into(),
        }
    }
}

/// An error as a sentence.
pub(super) fn words(error: &ProjectError) -> String {
    format!("{}.", capital(&error.to_string()))
}

/// Whether whoever sent a form is told on the page they come back to; otherwise there is no such page.
pub(super) fn is_told(error: &ProjectError) -> bool {
    matches!(
        error,
        ProjectError::Invalid { .. }
            | ProjectError::Refused(_)
            | ProjectError::Gone
            | ProjectError::Sandbox(_)
    )
}
