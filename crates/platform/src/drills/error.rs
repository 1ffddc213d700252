use store::StoreError;

use crate::people::PeopleError;
use crate::sandboxes::SandboxError;

/// Why something about a drill cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum DrillError {
    /// There is no such scenario.
    #[error("there is no scenario '{0}'; `practicum scenario list` shows all")]
    NoScenario(String),
    /// It does not exist, or is between others: the two look alike from outside.
    #[error("there is no drill '{0}' that you take part in")]
    NotYours(String),
    /// The hospital went back to before the drill.
    #[error("the hospital of this drill was reset, and the drill went with it; begin it anew")]
    Gone,
    /// It cannot be done as asked; the words say why.
    #[error("{0}")]
    Refused(String),
    /// From the hospital's people.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// From the hospitals.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
