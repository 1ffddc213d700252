//! What changed: between two versions of a channel, line by line and setting by setting, and between two messages, field
//! by field.

mod difference;
mod lines;
mod message;
mod settings;

pub use difference::Difference;
pub use lines::{Line, LineKind, lines};
pub use message::messages;
pub use settings::settings;

#[cfg(test)]
mod tests;
