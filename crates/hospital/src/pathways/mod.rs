//! How kinds of patients move through care, as content.
//!
//! A pathway is a file of `content/pathways`: who takes it, and a list of states that one patient goes through one after
//! another, with waits, branches, orders, results, complications, readmission and death. This crate has no file system;
//! it is given the text, and [`read`] compiles it once into a flat array of states whose jumps are indexes and whose
//! codes are looked up. What is wrong is told all at once, with file, line, and what to try.
//!
//! A [`Library`] holds all pathways. They are walked by [`play`](crate::play), in histories and in live play alike.

mod guard;
mod law;
mod library;
mod number;
mod pathway;
mod problem;
mod read;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use guard::Guard;
pub(crate) use law::Law;
pub use library::Library;
pub(crate) use number::Number;
pub use pathway::Door;
pub(crate) use pathway::{Entry, Live, Pathway, Rate, Risk};
pub use problem::{Checked, Problem};
pub use read::read;
pub(crate) use state::{Act, Arm, Finding, Shift, State, Way};
