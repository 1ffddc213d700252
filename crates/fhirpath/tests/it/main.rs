//! The engine against the official FHIRPath suite for R4, its speed, and the rules of profiles.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says aloud what it counts and skips"
)]

mod conformance;
mod profiles;
mod speed;
