//! The engine and its files, from outside.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bad_input;
mod rating;
mod reading;
mod reports;
mod runs;
mod secrets;
mod small;
