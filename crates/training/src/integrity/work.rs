/// One attempt, as far as it is compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The attempt.
    pub attempt: String,
    /// Whose it is.
    pub person: String,
    /// The lab.
    pub lab: String,
    /// 1 for a person's first attempt at this lab, and so on.
    pub number: u32,
    /// When it began, in microseconds since 1970 UTC.
    pub started_us: i64,
    /// When it was finished, if it was.
    pub finished_us: Option<i64>,
    /// Every answer, oldest first.
    pub answers: Vec<Given>,
    /// What its owner wrote in the hospital.
    pub writings: Vec<Writing>,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The check that asked.
    pub check: String,
    /// Word for word.
    pub value: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Whether it was right.
    pub accepted: bool,
}

/// A text that somebody wrote in the hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// What it is, as people say it: `rule lab-reads`. Only its first word decides with what it is compared.
    pub what: String,
    /// The text.
    pub text: String,
}

impl Writing {
    /// What sort of text it is: texts of different sorts are not compared.
    pub(super) fn sort(&self) -> &str {
        self.what.split(' ').next().unwrap_or(&self.what)
    }
}
