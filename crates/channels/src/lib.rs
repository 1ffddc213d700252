//! The interface engine: what a channel is, and what becomes of a message in it.
//!
//! A *channel* is a text file in words that people know from Mirth and the Open Integration Engine: a source with filter
//! and transformer, and destinations with theirs. [`Program`] is one that is ready to run; [`process`] takes a message
//! through it and says for every connector what came of it. Nothing is sent, stored or timed here: that is `platform`'s,
//! which asks [`queue`] when to try again and when to give up.
//!
//! Scripts are JavaScript without files, network, clock or chance, held to a budget of work, memory and stack. The crate
//! stands alone because it keeps the JavaScript engine away from the others.

pub mod channel;
pub mod diff;
mod limits;
pub mod queue;
mod run;
mod script;

pub use channel::{Channel, Problem};
pub use limits::Limits;
pub use run::{
    DestinationOutcome, LogLine, Maps, Outcome, Payload, Program, Received, SourceOutcome, State, Trouble,
    process,
};
