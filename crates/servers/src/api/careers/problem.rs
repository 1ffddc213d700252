use axum::http::StatusCode;
use platform::mentoring::MentoringError;
use platform::placements::PlacementError;
use platform::portfolio::PortfolioError;

use crate::problem::Problem;

impl From<MentoringError> for Problem {
    fn from(error: MentoringError) -> Self {
        let said = error.to_string();
        match error {
            MentoringError::NotInstructor => Self::new(StatusCode::FORBIDDEN, said),
            MentoringError::NotYours(_) => Self::new(StatusCode::NOT_FOUND, said),
            MentoringError::Invalid { field, .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said).with("field", field)
            }
            MentoringError::Sandbox(error) => error.into(),
            MentoringError::Portfolio(error) => of_portfolio(error),
            MentoringError::Store(error) => error.into(),
        }
    }
}

impl From<PlacementError> for Problem {
    fn from(error: PlacementError) -> Self {
        let said = error.to_string();
        match error {
            PlacementError::NotInstructor => Self::new(StatusCode::FORBIDDEN, said),
            PlacementError::NotYours(_) => Self::new(StatusCode::NOT_FOUND, said),
            PlacementError::Invalid { field, .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said).with("field", field)
            }
            PlacementError::Mistakes(mistakes) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said.trim_end())
                    .with("problems", serde_json::to_value(mistakes.0).unwrap_or_default())
            }
            PlacementError::Programme(error) => error.into(),
            PlacementError::Portfolio(error) => of_portfolio(error),
            PlacementError::Store(error) => error.into(),
        }
    }
}

/// A portfolio is only read here, so what can go wrong is the store, a lab or a workshop.
fn of_portfolio(error: PortfolioError) -> Problem {
    match error {
        PortfolioError::Lab(error) => error.into(),
        PortfolioError::Workshop(error) => error.into(),
        PortfolioError::Project(error) => error.into(),
        PortfolioError::Store(error) => error.into(),
        other => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, other.to_string()),
    }
}
