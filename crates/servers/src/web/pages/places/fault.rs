use axum::response::Response;
use platform::placements::PlacementError;

use crate::web::pages::fault::Fault;
use crate::web::pages::said::Said;
use crate::web::pages::words::capital;

impl From<PlacementError> for Fault {
    fn from(error: PlacementError) -> Self {
        match error {
            PlacementError::NotInstructor => Self::Missing("This page is for instructors.".to_owned()),
            PlacementError::NotYours(_) => Self::Missing(format!("{}.", capital(&error.to_string()))),
            PlacementError::Invalid { .. } => Self::Refused(format!("{}.", capital(&error.to_string()))),
            PlacementError::Mistakes(mistakes) => Self::Refused(mistakes.to_string()),
            PlacementError::Programme(error) => error.into(),
            PlacementError::Portfolio(error) => error.into(),
            PlacementError::Store(error) => error.into(),
        }
    }
}

/// Goes back to `path` and says what became of a form.
pub(super) fn said_at<T>(
    done: Result<T, PlacementError>,
    path: &str,
    words: &str,
) -> Result<Response, Fault> {
    match done {
        Ok(_) => Ok(Said::well(words).at(path)),
        Err(error) => match wrong(&error) {
            Some(what) => Ok(Said::badly(what).at(path)),
            None => Err(error.into()),
        },
    }
}

/// What to say of an error that is about what was typed.
pub(super) fn wrong(error: &PlacementError) -> Option<String> {
    match error {
        PlacementError::Invalid { .. } | PlacementError::Store(platform::StoreError::Conflict { .. }) => {
            Some(format!("{}.", capital(&error.to_string())))
        }
        PlacementError::Mistakes(mistakes) => {
            let told = mistakes.0.first().map(|one| format!("{}; {}", one.what, one.advice));
            Some(format!("{}.", capital(&told.unwrap_or_default())))
        }
        _ => None,
    }
}
