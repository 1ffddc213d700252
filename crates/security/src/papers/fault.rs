use serde::{Deserialize, Serialize};

/// What is wrong with a paper, and where the rule stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFault {
    /// Which part of the form.
    pub part: String,
    /// What is missing, or contradicts what.
    pub what: String,
    /// The section of 45 CFR that asks for it.
    pub section: String,
}

impl PaperFault {
    /// A fault.
    #[must_use]
    pub fn new(part: &str, what: impl Into<String>, section: &str) -> Self {
        Self { part: part.to_owned(), what: what.into(), section: section.to_owned() }
    }
}

/// A fault where a text says too little to be of use.
pub(super) fn too_little(part: &str, text: &str, section: &str) -> Option<PaperFault> {
    const CHARACTERS_MIN: usize = 20;
    (text.trim().chars().count() < CHARACTERS_MIN)
        .then(|| PaperFault::new(part, "says too little: write at least a sentence", section))
}
