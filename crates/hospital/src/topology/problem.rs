/// One mistake in a hospital's file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong, as a sentence fragment.
    pub what: String,
    /// What to try, as a sentence fragment.
    pub try_this: String,
}

/// A value together with everything that is wrong with the text it came from.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// The best value that could be made.
    pub value: T,
    /// All problems, by line; empty when the text is well formed.
    pub problems: Vec<Problem>,
}
