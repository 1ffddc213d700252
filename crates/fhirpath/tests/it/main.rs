//! The engine against the official FHIRPath suite for R4, its speed, and the rules of profiles.

mod conformance;
mod profiles;
mod speed;
