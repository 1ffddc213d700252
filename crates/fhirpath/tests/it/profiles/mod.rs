//! Profiles with the engine for their rules, on the published examples of US Core.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says aloud what it counts and skips"
)]

mod examples;
mod mutants;
mod package;
mod speed;
