//! The engine against the official FHIRPath suite for R4.

mod conformance;
