//! Why an expression has no result, and where in its text.

use standards::fhir::path::PathError;

/// What sort of mistake it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text is not an expression.
    Syntax,
    /// It is an expression, but names something that does not exist.
    Meaning,
    /// It fails on this input.
    Evaluation,
    /// It, its work or its result is over a limit.
    Limit,
}

/// A mistake in an expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Problem {
    /// What sort of mistake it is.
    pub kind: ProblemKind,
    /// Where it was noticed: the number of characters before it.
    pub at: usize,
    /// What was met and what to try.
    pub reason: String,
}

impl Problem {
    pub(crate) fn syntax(at: usize, reason: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Syntax, at, reason: reason.into() }
    }

    pub(crate) fn meaning(at: usize, reason: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Meaning, at, reason: reason.into() }
    }

    pub(crate) fn evaluation(at: usize, reason: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Evaluation, at, reason: reason.into() }
    }

    pub(crate) fn limit(at: usize, reason: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Limit, at, reason: reason.into() }
    }

    /// The same with its place counted in characters instead of bytes of `text`.
    pub(crate) fn in_characters(self, text: &str) -> Self {
        let at = text.char_indices().take_while(|(byte, _)| *byte < self.at).count();
        Self { at, ..self }
    }

    /// The error of the trait that the rest of the house knows.
    #[must_use]
    pub fn of_expression(self, expression: &str) -> PathError {
        let reason = format!("{} (at character {})", self.reason, self.at + 1);
        let expression = expression.to_owned();
        match self.kind {
            ProblemKind::Syntax => PathError::Syntax { expression, reason },
            ProblemKind::Meaning | ProblemKind::Evaluation => PathError::Evaluation { expression, reason },
            ProblemKind::Limit => PathError::TooLarge { what: "expression or its work", limit: self.reason },
        }
    }
}
