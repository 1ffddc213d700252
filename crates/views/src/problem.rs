use fhirpath::{Problem, ProblemKind};

/// A mistake in a ViewDefinition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}{}: {reason}", character.map(|character| format!(", character {}", character + 1)).unwrap_or_default())]
pub struct ViewProblem {
    /// The element, such as `select[0].column[2].path`; empty for the whole view.
    pub at: String,
    /// In an expression: the number of characters before the mistake.
    pub character: Option<usize>,
    /// What was met and what to try.
    pub reason: String,
}

/// Something in a view that is allowed, and most likely not meant.
pub type Remark = ViewProblem;

/// Why a resource could not be flattened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{resource}: {problem}")]
pub struct RowError {
    /// The resource, as `Patient/a`.
    pub resource: String,
    /// What went wrong, and where in the view.
    pub problem: ViewProblem,
}

impl ViewProblem {
    pub(crate) fn at(at: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { at: at.into(), character: None, reason: reason.into() }
    }

    pub(crate) fn of(at: &str, problem: &Problem) -> Self {
        let over = if problem.kind == ProblemKind::Limit { "over the limit of " } else { "" };
        let reason = format!("{over}{}", problem.reason);
        Self { at: at.to_owned(), character: Some(problem.at), reason }
    }
}
