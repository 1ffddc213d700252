//! The command line: its words, and how its flags become settings. What the commands do is in `commands`.

mod flags;
mod model;
#[cfg(test)]
mod tests;
mod words;

pub use flags::{Common, ServeFlags};
pub use model::{FitFlags, ModelCommand, ModelKind};
pub use words::{
    Cli, Command, ImageCommand, LabCommand, LedgerCommand, MatchFlags, PersonCommand, PopulationCommand,
    PopulationFormat, ProjectCommand, ScenarioCommand, TestkitCommand, TestkitRun, Verify, WorkshopCommand,
};
