//! What is wrong with a command.

use std::fmt;

/// One field that cannot be accepted.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The field, as named in the command.
    pub field: &'static str,
    /// What is wrong with it.
    pub what: String,
    /// What to try instead.
    pub hint: String,
}

/// A refused command, with everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct EhrError {
    /// At least one problem, in the order of the fields.
    pub problems: Vec<Problem>,
}

impl fmt::Display for EhrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.problems.iter().enumerate() {
            let gap = if place == 0 { "" } else { "; " };
            write!(f, "{gap}{}: {} ({})", problem.field, problem.what, problem.hint)?;
        }
        Ok(())
    }
}

/// Problems found so far.
#[derive(Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    /// Notes a problem.
    pub(super) fn add(&mut self, field: &'static str, what: impl Into<String>, hint: impl Into<String>) {
        self.0.push(Problem { field, what: what.into(), hint: hint.into() });
    }

    /// Notes a problem unless the condition holds.
    pub(super) fn expect(&mut self, holds: bool, field: &'static str, what: &str, hint: &str) {
        if !holds {
            self.add(field, what, hint);
        }
    }

    /// Checks that a text says something, within a length, without control characters.
    pub(super) fn check_text(&mut self, field: &'static str, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.add(field, "is empty", "fill it in");
        } else if text.chars().count() > most {
            self.add(field, format!("is longer than {most} characters"), "shorten it");
        } else if text.chars().any(|letter| letter.is_control() && !"\n\t\r".contains(letter)) {
            self.add(field, "holds characters that cannot be shown", "type it again");
        }
    }

    /// Ends a check: all problems, or leave to go on.
    pub(super) fn finish(self) -> Result<(), EhrError> {
        if self.0.is_empty() { Ok(()) } else { Err(EhrError { problems: self.0 }) }
    }
}
