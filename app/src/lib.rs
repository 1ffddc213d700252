//! The binary `practicum`: command line, configuration, start and stop.

pub mod cli;
pub mod config;
pub mod data_lock;
pub mod logs;
pub mod progress;
pub mod run_file;
