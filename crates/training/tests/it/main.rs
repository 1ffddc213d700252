//! Training as a whole: content in, problems, values, verdicts and proofs out.

#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

mod attempts;
mod checks;
mod content;
mod fake;
mod ledgers;
mod messages;
mod mistakes;
mod proofs;
mod scripts;
mod systems;
mod texts;
