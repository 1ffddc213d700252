//! Models that are trained and judged, on tables made from a formula.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod boosting;
mod logistic;
mod made;
mod metrics;
mod onnx;
mod sheets;
mod study;
