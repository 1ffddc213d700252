/// Why an act is refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is the facilitator's.
    #[error("that is for the facilitator to do")]
    Facilitators,
    /// Whoever asks has no role.
    #[error("you have no role; choose one in the lobby, or ask the facilitator to move you")]
    NoRole,
    /// There is no such thing in the case.
    #[error("there is no {kind} '{id}' in this case")]
    Unknown {
        /// What kind of thing.
        kind: &'static str,
        /// What was asked for.
        id: String,
    },
    /// It has not begun, is over, or is not yet or no longer possible.
    #[error("{0}")]
    NotNow(String),
    /// Something that was written cannot be taken.
    #[error("{0}")]
    Invalid(String),
}
