//! Training as a whole: content in, problems, values, verdicts and proofs out.

mod attempts;
mod checks;
mod content;
mod fake;
mod mistakes;
mod proofs;
mod scripts;
mod texts;
