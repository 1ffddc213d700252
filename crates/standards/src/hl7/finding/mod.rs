//! What is wrong with a message, in the words that an acknowledgement carries.

mod condition;
mod model;

pub use condition::Condition;
pub use model::{Finding, Severity};
