//! What each command does: check the configuration, ask `platform`, say the result. One file a noun.
//!
//! Results go to standard output, as text or with `--json`; everything else goes to standard error.

mod backup;
mod config;
mod image;
mod kit_calls;
mod lab;
mod ledger;
mod matching;
mod model;
mod person;
mod population;
mod project;
mod proof;
mod run;
mod scenario;
mod serve;
mod settings;
mod table;
mod terminal;
mod testkit;
#[cfg(test)]
mod tests;
mod verify;
mod workshop;

pub use run::run;
pub use terminal::Terminal;
pub use testkit::Unpassed;
