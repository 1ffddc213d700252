//! Who the patients are, before anything happens to them.
//!
//! A [`Person`] holds what a registration desk asks for; [`Health`] holds what is true of the
//! body whether or not anybody has found it out. Pathways read both and write neither.

mod demographics;
mod growth;
mod health;
mod model;
#[cfg(test)]
mod tests;

use health::Health;
pub(crate) use health::{Condition, Smoking};
pub(crate) use model::{Person, Race, Sex};
