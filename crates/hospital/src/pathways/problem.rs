//! What is wrong with a pathway file: where, what, and what to try.

use std::fmt;

/// One mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The path the file was given with.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong, as a sentence fragment.
    pub what: String,
    /// What to try, as a sentence fragment.
    pub try_this: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.what, self.try_this)
    }
}

/// A value together with everything that is wrong with the files it came from.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The best value that could be made.
    pub value: T,
    /// All problems, by file and line; empty when the files are well formed.
    pub problems: Vec<Problem>,
}
