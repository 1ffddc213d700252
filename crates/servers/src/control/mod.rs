//! How the command line talks to a server that runs on the same data folder: a Unix socket in that folder, which only
//! its owner may open.
//!
//! One JSON object a line. A request is answered by any number of `progress` lines and then by `done` or `failed`. It
//! exists because a running server holds its sandboxes open for itself alone, so only it can copy them.

mod client;
mod listen;
mod message;
mod socket;
#[cfg(test)]
mod tests;

pub use client::{ControlError, backup};
pub use listen::Control;
pub use socket::SOCKET;
