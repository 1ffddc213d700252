//! The engine against the official FHIRPath suite for R4, and its speed.

mod conformance;
mod speed;
