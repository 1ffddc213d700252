//! What can be done against an attack, and what each of it would have cost had it been done yesterday.
//!
//! A [`Measure`] is stated here and carried out by whoever has the hospital. Before it is taken, its [`effect`] is counted
//! in what happened lately: whose work would have been refused. Nobody is told who the attacker is; that is for the learner
//! to know.

mod effect;
mod measure;
#[cfg(test)]
mod tests;

pub use effect::{Effect, Known, effect};
pub use measure::{Caller, Door, Measure, MeasureError, Route};
