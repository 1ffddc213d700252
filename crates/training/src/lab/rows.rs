//! The rows that a question saved in the data lake answers with.

/// A saved question, and what it should answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowsTest {
    /// The name it is to be saved under.
    pub question: String,
    /// SQL that answers the same rightly. The learner never sees it.
    pub truth: String,
    /// The check whose truth is meant, if it has none of its own: several look at the same rows.
    pub truth_of: Option<String>,
    /// The columns that are compared, by name; others may be there.
    pub columns: Vec<String>,
    /// What of the rows is looked at.
    pub agreement: Agreement,
}

/// How rows have to agree with those of the truth. Each row counts as often as it is there; their order does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// The same rows.
    Same,
    /// Every row of the truth is among them.
    NoneMissing,
    /// None is there that the truth does not have.
    NoneBesides,
}

impl Agreement {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Same, Self::NoneMissing, Self::NoneBesides];

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::NoneMissing => "none-missing",
            Self::NoneBesides => "none-besides",
        }
    }
}
