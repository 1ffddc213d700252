use store::StoreError;

use crate::labs::LabError;
use crate::projects::ProjectError;
use crate::workshops::WorkshopError;

/// Why something about a portfolio cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum PortfolioError {
    /// There is no such competency.
    #[error("there is no competency `{0}`")]
    Unknown(String),
    /// It has not been shown without help.
    #[error(
        "“{0}” has not been shown without help yet, so there is nothing to put into a badge; finish a lab for it without hints, or a drill alone"
    )]
    NotShown(String),
    /// There is a badge for it.
    #[error("there is a badge for “{0}” at this level already")]
    Made(String),
    /// There is no such badge, or it was withdrawn before.
    #[error("there is no valid badge `{0}`")]
    NoBadge(String),
    /// Its holder asked to be forgotten.
    #[error(
        "this badge was issued here, and its holder has asked to be forgotten since; the file they hold still verifies by its signature and the list of withdrawn badges"
    )]
    Forgotten,
    /// Only who teaches withdraws badges, and says why.
    #[error("a badge is withdrawn by an instructor, with a reason")]
    NotYours,
    /// From the labs.
    #[error(transparent)]
    Lab(#[from] LabError),
    /// From the workshops.
    #[error(transparent)]
    Workshop(#[from] WorkshopError),
    /// From the team projects.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
