//! The answer to a message: who wants which, and how it is written (HL7 v2.5.1, 2.9 and 2.15).
//!
//! A message asks for answers in MSH-15 and MSH-16. [`Mode`] reads them and says which [`Code`] goes back for a
//! [`Verdict`]; [`acknowledge`] writes the message, with an ERR segment in the shape of the sender's version for every
//! finding, and [`refuse`] answers bytes that are no message at all.

mod code;
mod mode;
mod write;

#[cfg(test)]
mod tests;

pub use code::{Code, Verdict};
pub use mode::{Mode, When};
pub use write::{Stamp, acknowledge, refuse};
