//! HL7 v2 over MLLP: a door for messages, and a hand that sends them.
//!
//! [`serve`] takes connections, finds frames in them and hands each message to `platform`, which records it and says what to
//! answer; nothing is decided here. Every peer is bounded: in how many connections it holds, how long they may be silent or
//! stop in the middle of a frame, and how long a frame may be. [`Sender`] sends a message and waits for the
//! acknowledgement that names it.

mod conversation;
mod limits;
mod peers;
mod sender;
mod serve;
#[cfg(test)]
mod tests;

pub use limits::Limits;
pub use sender::{SendError, Sender};
pub use serve::serve;
