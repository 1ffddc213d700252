//! Tests of the whole crate against published examples and packages.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says aloud what it skips"
)]

mod bindings;
mod examples;
mod hl7;
