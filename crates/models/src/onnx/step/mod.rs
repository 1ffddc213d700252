//! What a graph does to rows, one step after the other. Each is read from a node, held to its shapes, and then cannot fail.

mod arithmetic;
mod columns;
mod linear;
mod run;
mod trees;

pub(super) use arithmetic::{Elementwise, Pointwise, Side, Sign};
pub(super) use columns::{Imputer, Normalizer, Scaler, extracted};
pub(super) use linear::{Classifier, Product};
pub(super) use run::Step;
pub(super) use trees::Trees;
