/// Why something in a project is refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is the team's.
    #[error("that is for the members of the team to do")]
    Teams,
    /// It is the panel's.
    #[error("that is for the panel to do: the instructors and mentors of this project")]
    Panels,
    /// There is no such thing in the project.
    #[error("there is no {kind} '{id}' in this project")]
    Unknown {
        /// What kind of thing.
        kind: &'static str,
        /// What was asked for.
        id: String,
    },
    /// It is not yet or no longer possible.
    #[error("{0}")]
    NotNow(String),
    /// Something that was written cannot be taken.
    #[error("{0}")]
    Invalid(String),
}
