//! Escape sequences in text (HL7 v2.5.1, 2.7): how a value says a separator, a line break or a byte.

mod error;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use error::EscapeError;
pub use read::unescape;
pub use write::escape;
