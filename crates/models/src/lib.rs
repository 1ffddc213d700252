//! Models of a yes-or-no outcome: from a table of numbers to a risk, and from risks to a judgement.
//!
//! Two kinds are trained here, [logistic regression](logistic) and [gradient boosting](boosting), since a
//! learner should be able to read how; both take missing values, and neither leaves anything to chance: the
//! same table gives the same model, to the bit. [`metrics`] judges the risks of any model, ours or not; [`onnx`] reads those
//! that were trained elsewhere, and [`study`] says who is learnt from, who is held back, and what leaks.

pub mod boosting;
mod exact;
mod file;
pub mod logistic;
pub mod metrics;
pub mod onnx;
mod predictor;
mod problem;
mod sheet;
pub mod study;
mod table;

pub use file::{Contribution, Model};
pub use predictor::Predictor;
pub use problem::ModelError;
pub use sheet::Sheet;
pub use table::Table;
