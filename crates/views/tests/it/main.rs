//! The runner against the public tests of SQL on FHIR, and against views that would cost too much.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says aloud what it counts and skips"
)]

mod bounds;
mod conformance;
mod forms;
