//! The nine proofs, and what they find.

use serde::Serialize;

use crate::problem::Problem;

/// What is proven of a lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// In an untouched hospital every check fails, and every trap holds.
    UntouchedFails,
    /// Each solution passes every check and trips no trap.
    SolutionPasses,
    /// Each wrong answer fails the checks it names and no other.
    WrongFailsAsNamed,
    /// Checks leave the hospital as it was.
    ChecksChangeNothing,
    /// Two seeds give different values and answers; one seed gives the same.
    SeedsDiffer,
    /// No text or hint holds an answer.
    NothingLeaks,
    /// The lab starts in 1 s, or in 10 s with a snapshot or people played before it, and each check is judged in 200 ms, or in 3 s
    /// where it asks the lake.
    FastEnough,
    /// A reset restores the state the lab began with.
    ResetRestores,
    /// Files, links, names, competencies and reading time hold.
    WellFormed,
}

impl Proof {
    /// All proofs, in the order of the design.
    pub const ALL: [Self; 9] = [
        Self::UntouchedFails,
        Self::SolutionPasses,
        Self::WrongFailsAsNamed,
        Self::ChecksChangeNothing,
        Self::SeedsDiffer,
        Self::NothingLeaks,
        Self::FastEnough,
        Self::ResetRestores,
        Self::WellFormed,
    ];

    /// What is proven, as a sentence.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::UntouchedFails => "the untouched hospital fails every check",
            Self::SolutionPasses => "each solution passes every check",
            Self::WrongFailsAsNamed => "each wrong answer fails the checks it names and no other",
            Self::ChecksChangeNothing => "checks leave the state as it was",
            Self::SeedsDiffer => "two seeds give different answers, one seed the same",
            Self::NothingLeaks => "no text or hint holds an answer",
            Self::FastEnough => {
                "the lab starts in 1 s (10 s with a snapshot or people played before it), and each check is judged in 200 ms (3 s where it asks the lake)"
            }
            Self::ResetRestores => "a reset restores the same state",
            Self::WellFormed => "files, links, competencies and reading time hold",
        }
    }
}

/// A proof that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Which one.
    pub proof: Proof,
    /// The variant it was tried in; none for what concerns the files.
    pub variant: Option<String>,
    /// Where to look, what was found, and what to try.
    #[serde(flatten)]
    pub problem: Problem,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.variant {
            Some(variant) => write!(f, "{} [variant {variant}]", self.problem),
            None => write!(f, "{}", self.problem),
        }
    }
}

/// What loading content found is the proof of its form.
impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        Self { proof: Proof::WellFormed, variant: None, problem }
    }
}
