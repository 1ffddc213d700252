//! A whole Practicum in one call: any free port, a temporary data folder, a clock that stands still, fixed chance.
//!
//! It starts what the binary starts, so a test against it is a test of the real thing. Dropping it stops it and removes
//! its folder.

mod practicum;

pub use crate::practicum::{Builder, Practicum};
