//! Signs that work may not be a learner's own, for people to look at; and what they came to.
//!
//! Signs are computed from the attempts of a cohort each time they are looked at; [`training::integrity`] says what counts as one.
//! What an instructor decides is kept with its reason. Nothing follows from a sign by itself: no grade changes, and nobody is told.

mod error;
mod gather;
mod look;
#[cfg(test)]
mod tests;

pub use error::IntegrityError;
pub use gather::{Integrity, ShownSign};
pub use store::records::{IntegrityDecision, IntegrityLook};
pub use training::integrity::Sign;
