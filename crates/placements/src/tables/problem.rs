//! What can be wrong with files.

use std::fmt;

use serde::Serialize;

/// How many problems are told in words; the rest is counted.
const TOLD: usize = 25;

/// One mistake in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, as its reader calls it.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub what: String,
    /// What to try.
    pub advice: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.what, self.advice)
    }
}

/// Every mistake that was found; there is at least one. Nothing was done with the files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Mistakes(pub Vec<Problem>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        writeln!(
            f,
            "the files have {count} mistake{}, and nothing was done with them:",
            if count == 1 { "" } else { "s" }
        )?;
        for problem in self.0.iter().take(TOLD) {
            writeln!(f, "  {problem}")?;
        }
        if count > TOLD {
            writeln!(f, "  and {} more", count - TOLD)?;
        }
        Ok(())
    }
}

/// Collects problems of one file after another.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    problems: Vec<Problem>,
}

impl Sink {
    /// Notes a problem.
    pub(crate) fn say(&mut self, file: &str, line: u64, what: impl Into<String>, advice: impl Into<String>) {
        self.problems.push(Problem { file: file.to_owned(), line, what: what.into(), advice: advice.into() });
    }

    /// Whether there are so many that looking for likely names no longer helps anybody.
    pub(crate) fn is_many(&self) -> bool {
        self.problems.len() > TOLD
    }

    /// The value, if nothing was wrong.
    pub(crate) fn or<T>(mut self, value: T) -> Result<T, Mistakes> {
        if self.problems.is_empty() {
            return Ok(value);
        }
        self.problems.sort();
        Err(Mistakes(self.problems))
    }
}
