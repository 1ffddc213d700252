//! Entry point: one command in, one exit code out.

use std::process::ExitCode;

use clap::Parser;
use practicum::cli::Cli;
use practicum::commands::{Terminal, Unpassed, run};
use practicum::config::ConfigError;

/// What was asked could not be done.
const FAILED: u8 = 1;
/// It was asked in a way that makes no sense; clap uses the same code.
const MISUSED: u8 = 2;
/// A test kit could not say whether the server is right.
const UNJUDGED: u8 = 3;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let variables = std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()));
    match run(cli, variables, &mut Terminal::standard()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            Terminal::standard().complain(&format!("practicum: {error:#}"));
            ExitCode::from(match error.downcast_ref::<Unpassed>() {
                Some(unpassed) if !unpassed.is_failure() => UNJUDGED,
                _ if error.is::<ConfigError>() => MISUSED,
                _ => FAILED,
            })
        }
    }
}
