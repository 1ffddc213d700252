//! Readiness: what a job asks for, held against what somebody has shown.
//!
//! A [`Job`] is a dated file: competencies, each at a level. [`needs`] puts each of them into one of six [`State`]s. There is no sum and no
//! score: somebody who is missing one thing is missing that one thing, and can be told which.

mod job;
mod need;
#[cfg(test)]
mod tests;

pub use job::{Ask, Job, Pointer};
pub use need::{Need, State, needs};
