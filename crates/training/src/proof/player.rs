//! Who plays: the narrow interface between a proof and running hospitals.

use crate::check::Verdict;
use crate::lab::{Lab, Variant};
use crate::script::{Call, Reply};
use crate::text::Values;

/// A started attempt.
#[derive(Debug, Clone)]
pub struct Started {
    /// Its values, as [`crate::attempt::resolve`] made them, with `fault`.
    pub values: Values,
    /// How long the start took, in microseconds.
    pub took_us: u64,
}

/// One check as it was judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The check.
    pub check: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// For a question: the true answer, item by item (see [`crate::check::truth`]).
    pub truth: Vec<String>,
    /// How long looking up and judging took, in microseconds.
    pub took_us: u64,
}

/// Plays attempts in sandboxes of its own. Every error is a sentence for the author.
pub trait Player {
    /// Starts a fresh attempt at this variant in a fresh sandbox; `learner` is part of the seed. The sandbox of the
    /// attempt before may be dropped.
    ///
    /// # Errors
    /// Why the attempt could not be started.
    fn start(&mut self, lab: &Lab, variant: &Variant, learner: &str) -> Result<Started, String>;

    /// The same, where an attempt at this variant was made before: whoever has a quicker way back to its start may take that. What
    /// is proven of starts themselves is not proven with it.
    ///
    /// # Errors
    /// As [`Player::start`].
    fn start_again(&mut self, lab: &Lab, variant: &Variant, learner: &str) -> Result<Started, String> {
        self.start(lab, variant, learner)
    }

    /// Carries out one call in the current attempt.
    ///
    /// # Errors
    /// Why it could not even be tried; a refusal by the hospital is a reply.
    fn play(&mut self, call: &Call) -> Result<Reply, String>;

    /// Judges every check of the current attempt, in order.
    ///
    /// # Errors
    /// Why nothing could be judged.
    fn verdicts(&mut self) -> Result<Vec<Judged>, String>;

    /// A hash over the state of the hospital: every resource with its id, version and content, but not the journal.
    ///
    /// # Errors
    /// Why the state could not be read.
    fn state_hash(&mut self) -> Result<String, String>;

    /// Resets the lab, as a learner would.
    ///
    /// # Errors
    /// Why it could not be reset.
    fn reset(&mut self) -> Result<(), String>;
}
