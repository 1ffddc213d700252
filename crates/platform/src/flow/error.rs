use ::flow::FlowError;
use store::StoreError;

/// Why something could not be done with the flow of patients.
#[derive(Debug, thiserror::Error)]
pub enum FlowTrouble {
    /// Too few came to know when people come.
    #[error(
        "{visits} emergency visits in the last {weeks} weeks are too few to know when people come; {least} are needed, so use a larger hospital or let this one live on"
    )]
    TooFew {
        /// How many there are.
        visits: usize,
        /// In how many weeks.
        weeks: u32,
        /// How many are needed.
        least: usize,
    },
    /// There is no plan.
    #[error("no roster is saved yet; save one, then play it")]
    NoPlan,
    /// A roster or a wish that is none.
    #[error("{0}")]
    Plan(String),
    /// The numbers lead nowhere.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// The records could not be searched, or what was kept cannot be read.
    #[error("{0}")]
    Records(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
