//! Character sets of a message (MSH-18, HL7 table 0211): bytes to text and back.
//!
//! Bytes are never changed for the sake of a character set. A set that is not known here is named, its bytes are kept,
//! and its text is read as if nothing had been said.

mod decode;
mod encode;
mod named;
mod tables;

#[cfg(test)]
mod tests;

pub use named::Charset;
