//! The binary `practicum`: command line, configuration, start and stop.
//!
//! `main` reads the command line and the environment, checks them into a [`Config`](config::Config) and does what was
//! asked. [`start`] brings up everything a configuration describes and gives back a [`Running`] that can be stopped;
//! tests start the same thing through it. Nothing is decided here that a lower crate could decide.

mod classroom;
pub mod cli;
pub mod commands;
pub mod config;
mod data_lock;
mod demo;
mod image;
pub mod logs;
mod open;
mod progress;
pub mod run_file;
mod running;
mod serving;
mod start;
mod surroundings;

pub use running::Running;
pub use start::start;
pub use surroundings::Surroundings;
