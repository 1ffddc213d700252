//! What each command does: check the configuration, ask `platform`, say the result. One file a noun.
//!
//! Results go to standard output, as text or with `--json`; everything else goes to standard error.

mod backup;
mod config;
mod image;
mod lab;
mod person;
mod population;
mod run;
mod serve;
mod settings;
mod table;
mod terminal;
#[cfg(test)]
mod tests;
mod verify;

pub use run::run;
pub use terminal::Terminal;
