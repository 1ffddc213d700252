//! Verdicts.

use serde::{Deserialize, Serialize};

/// What a check found. Everything but `detail` is for the learner, and gives no hidden answer away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether it passed; for a trap, whether it holds.
    pub passed: bool,
    /// What should be so, as a sentence.
    pub expected: String,
    /// What was found, as a sentence.
    pub observed: String,
    /// Where to look: a search, a journal entry, an address.
    pub location: Option<String>,
    /// The exact test and its result, for instructors and authors only.
    pub detail: String,
}
