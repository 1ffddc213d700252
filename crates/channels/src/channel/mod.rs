//! The channel as a file: TOML, read whole, with every problem at its line.
//!
//! The text is the channel. It is kept, exported, compared and rolled back as it was written, comments included, so an
//! export imports again byte for byte.

mod fields;
mod model;
mod problem;
mod read;
mod read_steps;
mod tree;

pub use model::{
    Alerts, Channel, Condition, Connector, DataType, Destination, Filter, InitialState, Join, Lookup, Queue,
    QueueMode, Respond, Rule, RuleTest, Source, Step, StepAct, Tables, Text,
};
pub use problem::Problem;
pub use read::read;

#[cfg(test)]
pub(crate) mod tests;
