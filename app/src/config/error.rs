use std::fmt;

/// One thing wrong with the configuration: where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// File and line, environment variable or flag.
    pub place: String,
    /// What is wrong and what would be right.
    pub text: String,
}

/// Everything wrong with the configuration, at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// In the order in which the places are read.
    pub problems: Vec<Problem>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.problems.len();
        write!(f, "the configuration has {count} {}", if count == 1 { "problem" } else { "problems" })?;
        for Problem { place, text } in &self.problems {
            write!(f, "\n  {place}: {text}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
