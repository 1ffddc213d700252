//! What is wrong with a content file: where, what, and what to try.
//!
//! Reading content never stops at the first mistake. Every reader returns [`Checked`]: the best value it could make,
//! and all problems at once.

use serde::Serialize;

/// A position in a content file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Path below the content folder, with forward slashes.
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
}

impl Place {
    /// The first character of a file.
    #[must_use]
    pub fn start(file: &str) -> Self {
        Self { file: file.to_owned(), line: 1, column: 1 }
    }

    /// A problem at this place.
    #[must_use]
    pub fn problem(&self, what: impl Into<String>, try_this: impl Into<String>) -> Problem {
        Problem { place: self.clone(), what: what.into(), try_this: try_this.into() }
    }
}

/// One mistake in a content file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong, as a sentence fragment.
    pub what: String,
    /// What to try, as a sentence fragment.
    #[serde(rename = "try")]
    pub try_this: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Place { file, line, column } = &self.place;
        write!(f, "{file}:{line}:{column}: {}; {}", self.what, self.try_this)
    }
}

/// A value together with everything that is wrong with the files it came from.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// The best value that could be made.
    pub value: T,
    /// All problems, sorted by file, line and column; empty when the files are well formed.
    pub problems: Vec<Problem>,
}
