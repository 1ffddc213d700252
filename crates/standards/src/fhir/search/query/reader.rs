use std::cell::Cell;

use super::model::{ParseContext, ProblemKind};
use crate::fhir::search::parameter::Parameters;

/// Links that a chain, `_has` or both together may follow one after the other.
pub const DEPTH_MAX: usize = 6;
/// Conditions in one search, counting each type that a chain may lead to.
pub const CONDITIONS_MAX: usize = 500;

/// Why a parameter cannot be used, and whether the search may go on without it.
pub(super) type Refusal = (ProblemKind, String);

/// What conditions are read against, and how many more there may be.
pub(super) struct Reader<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) context: &'a ParseContext<'a>,
    left: Cell<usize>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(parameters: &'a Parameters, context: &'a ParseContext<'a>) -> Self {
        Self { parameters, context, left: Cell::new(CONDITIONS_MAX) }
    }

    /// Counts one more condition.
    pub(super) fn count(&self) -> Result<(), Refusal> {
        let left = self.left.get().checked_sub(1);
        let left = left.ok_or_else(|| {
            let reason = format!(
                "asks for more than {CONDITIONS_MAX} conditions: name the type after a reference, such as subject:Patient.name"
            );
            (ProblemKind::TooCostly, reason)
        })?;
        self.left.set(left);
        Ok(())
    }

    /// Refuses a link at this depth, if there have been enough before it.
    pub(super) fn deeper(&self, depth: usize) -> Result<usize, Refusal> {
        if depth < DEPTH_MAX {
            return Ok(depth + 1);
        }
        Err((ProblemKind::TooCostly, format!("follows more than {DEPTH_MAX} links")))
    }
}

pub(super) fn invalid<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err((ProblemKind::Invalid, reason.into()))
}

pub(super) fn unknown<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err((ProblemKind::Unknown, reason.into()))
}
