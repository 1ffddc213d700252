//! Boards: what several people wrote merges whatever the order, and what is no board has no way in.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod exports;
mod merging;
mod people;
mod refusals;
