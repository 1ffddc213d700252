//! Taking one message through a channel.
//!
//! [`process`] is a function of the program, the message and the limits: it filters and transforms at the source, then
//! anew for each destination, and answers with a state for every connector, in Mirth's words. What may go wrong in a
//! script or a message becomes a [`Trouble`] with its place; nothing here fails as a whole.

mod document;
mod outcome;
mod process;
mod program;
mod rules;
mod session;
mod steps;

pub use outcome::{
    DestinationOutcome, LogLine, Maps, Outcome, Payload, Received, SourceOutcome, State, Trouble,
};
pub use process::process;
pub use program::Program;

pub(crate) use document::{Document, parse_path};
pub(crate) use session::Session;

#[cfg(test)]
mod tests;
