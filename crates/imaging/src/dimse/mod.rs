//! Messages (PS3.7, 9 and E): a command, and often a data set after it.

mod command;
mod message;
mod respond;
pub mod sop;
pub mod status;

pub use command::{Command, CommandError, Field, NO_DATASET, WITH_DATASET};
pub use message::Message;
pub use respond::{Counts, response, store_request};

#[cfg(test)]
mod tests;
