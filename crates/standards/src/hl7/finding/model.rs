use crate::hl7::finding::Condition;
use crate::hl7::message::Path;

/// How bad a finding is (HL7 table 0516).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// `I`: worth knowing.
    Information,
    /// `W`: understood, though not as agreed.
    Warning,
    /// `E`: cannot be used.
    Error,
}

impl Severity {
    /// Its letter in ERR-4.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Information => "I",
            Self::Warning => "W",
            Self::Error => "E",
        }
    }
}

/// Something about a message that its receiver minds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about; `None` for the message as a whole.
    pub path: Option<Path>,
    /// Where that is in the bytes, or where it is missed.
    pub at: Option<usize>,
    /// How bad it is.
    pub severity: Severity,
    /// What kind of error it is.
    pub condition: Condition,
    /// What is wrong and what to try, for a person.
    pub text: String,
}

impl Finding {
    /// An error of the message as a whole.
    #[must_use]
    pub fn whole(condition: Condition, text: impl Into<String>) -> Self {
        Self { path: None, at: None, severity: Severity::Error, condition, text: text.into() }
    }

    /// An error at a place.
    #[must_use]
    pub fn at(path: Path, at: Option<usize>, condition: Condition, text: impl Into<String>) -> Self {
        Self { path: Some(path), at, severity: Severity::Error, condition, text: text.into() }
    }
}
