//! The engine, its files and the network, from outside.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bad_input;
mod course;
mod network;
mod properties;
mod reading;
mod small;
