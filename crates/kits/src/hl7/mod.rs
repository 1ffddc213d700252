//! The kit for receivers of HL7 v2: what an acknowledgement must say, and what a receiver must bear.

mod acknowledgement;
mod ask;
mod connection;
mod content;
mod kit;
mod messages;
mod notation;
mod requirements;

pub use kit::kit;
