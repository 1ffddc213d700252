//! HL7 version 2 (2.3 to 2.8) without a socket around it.
//!
//! A [`message`] is the bytes that arrived, with offsets: what was parsed prints back byte for byte, and an edit changes
//! the bytes it names and no others. [`escape`] and [`charset`] turn those bytes into text and back. [`batch`] takes the
//! files apart that carry many messages, [`mllp`] the stream of a connection, and [`acknowledge`] writes the answer that
//! a sender waits for, with what a receiver minds as [`finding`]s; [`profile`] finds it.

pub mod acknowledge;
pub mod batch;
pub mod charset;
pub mod escape;
pub mod finding;
pub mod message;
pub mod mllp;
pub mod profile;
