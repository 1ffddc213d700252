use platform::portfolio::PortfolioError;

use crate::web::pages::fault::Fault;
use crate::web::pages::words::capital;

impl From<PortfolioError> for Fault {
    fn from(error: PortfolioError) -> Self {
        match error {
            PortfolioError::Unknown(_) | PortfolioError::NoBadge(_) => Self::Missing(format!("{error}.")),
            PortfolioError::Forgotten => Self::Missing(format!("{}.", capital(&error.to_string()))),
            PortfolioError::NotShown(_) | PortfolioError::Made(_) | PortfolioError::NotYours => {
                Self::Refused(format!("{error}."))
            }
            PortfolioError::Lab(error) => error.into(),
            PortfolioError::Workshop(error) => error.into(),
            PortfolioError::Project(error) => error.into(),
            PortfolioError::Store(error) => error.into(),
        }
    }
}
