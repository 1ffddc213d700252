//! What kits and their records are made of.
//!
//! A [`Kit`] says what could be asked; a [`Record`] what was asked, what came back, and what is held of it. The nodes of a record
//! have the ids of the groups and tests they came from, so that a link to a result holds as long as the kit does.

mod exchange;
mod kit;
mod outcome;
mod record;
#[cfg(test)]
mod tests;

pub use exchange::{Body, Exchange, Protocol};
pub use kit::{Group, Input, Kit, Preset, Requirement, Stop, Test, Work};
pub use outcome::{Outcome, roll_up};
pub use record::{Node, Note, Record, Weight};
