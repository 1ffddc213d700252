//! The command line: its words, and how its flags become settings. What the commands do is in `commands`.

mod flags;
#[cfg(test)]
mod tests;
mod words;

pub use flags::{Common, ServeFlags};
pub use words::{Cli, Command, ImageCommand, LabCommand, PersonCommand, PopulationCommand, PopulationFormat};
