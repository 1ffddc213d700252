/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It cannot be read or planned as it stands.
    Question,
    /// It asks for something that nobody may do here.
    Forbidden,
    /// It took more time, memory or rows than it may.
    Limit,
    /// The engine is busy with others.
    Busy,
    /// The engine or the disk failed.
    Internal,
}

/// A question without an answer: what is wrong, where, and what to try.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}{}; {remedy}", place.map(|(line, column)| format!(" (line {line}, character {column})")).unwrap_or_default())]
pub struct Trouble {
    /// Why.
    pub cause: Cause,
    /// What was met.
    pub what: String,
    /// Where in the SQL, line and character from 1, if that is known.
    pub place: Option<(u64, u64)>,
    /// What to try.
    pub remedy: String,
}

impl Trouble {
    /// Trouble of a cause, at no place.
    pub fn new(cause: Cause, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { cause, what: what.into(), place: None, remedy: remedy.into() }
    }

    /// Trouble that is nobody's fault who asked. What it was goes to the log and not to them.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(Cause::Internal, "the engine failed", "the server's log says why; ask again")
    }
}
