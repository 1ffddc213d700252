//! Frames on a connection: the minimal lower layer protocol (HL7 v2 transport specification, MLLP release 1).
//!
//! A frame is 0x0B, the message, 0x1C 0x0D. [`frame`] makes one; a [`Decoder`] is fed whatever arrives and gives frames
//! and faults in their order. It reads as much as can be understood: a missing return, bytes between frames and a frame
//! that begins anew are faults that are said, and the next frame is still found. Nothing here reads from a socket.

mod decode;
mod encode;
mod fault;

#[cfg(test)]
mod tests;

pub use decode::{Decoder, Event};
pub use encode::{END, RETURN, START, frame};
pub use fault::Fault;
