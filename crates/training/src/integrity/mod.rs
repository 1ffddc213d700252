//! What a person should look at before work is taken for a learner's own.
//!
//! Nothing here accuses anybody, and no grade depends on it: a [`Sign`] says what two attempts have in common, or how quick one
//! was, and a person looks at the attempts and decides. Every hospital is drawn from a seed of its owner, so that answers name
//! the hospital they come from.

mod alike;
mod foreign;
mod quick;
mod signs;
#[cfg(test)]
mod tests;
mod work;

pub use signs::{Found, Sign, signs};
pub use work::{Given, Work, Writing};
