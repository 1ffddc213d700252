//! FHIR search over a sandbox: the image's matches that the sandbox has not changed, and the sandbox's own.
//!
//! The most selective criterion drives: its index rows list candidates in `rid` order, and every other criterion is a
//! point look-up on a candidate. The planner is left no choice, so a search costs the same in every sandbox. The two
//! files are asked apart and merged here. Pages continue after the last hit's sort keys and `rid`, so what others
//! write meanwhile neither repeats nor skips a resource that stays as it was.
//!
//! What a match means is said in [`standards::fhir::search`]; a property test holds the two to each other.

mod clause;
mod cursor;
mod order;
mod run;

pub use run::Found;
