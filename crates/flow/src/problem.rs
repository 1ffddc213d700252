use thiserror::Error;

/// Why nothing could be computed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FlowError {
    /// Numbers that describe no department, roster or log.
    #[error("{0}")]
    Input(String),
    /// No roster does what is asked.
    #[error("{0}")]
    Infeasible(String),
    /// The solver gave up.
    #[error("no roster was found: {0}; ask for fewer kinds of shift")]
    Solver(String),
}
