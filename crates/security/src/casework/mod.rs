//! What a security desk keeps of its own work: cases with notes and evidence, saved hunts, rules of one's own, and
//! suppressions of alerts that are understood.
//!
//! A note is never changed and evidence never unpinned: a case says what was known when. What is pinned is a journal entry by
//! its place *and* its hash, so a reference cannot come to mean another entry. Whoever keeps these things journals each change.

mod case;
mod error;
mod kept;
mod suppression;
#[cfg(test)]
mod tests;

pub use case::{Case, CaseState, Evidence, Finding, Note, Severity};
pub use error::CaseworkError;
pub use kept::{KeptRule, RuleVersion, SavedHunt};
pub use suppression::Suppression;
