//! Models of a yes-or-no outcome: from a table of numbers to a risk, and from risks to a judgement.
//!
//! Two kinds are trained here, [logistic regression](logistic) and [gradient boosting](boosting), since a
//! learner should be able to read how; both take missing values, and neither leaves anything to chance: the
//! same table gives the same model, to the bit. [`metrics`] judges the risks of any model, ours or not.

pub mod boosting;
mod exact;
mod file;
pub mod logistic;
pub mod metrics;
mod problem;
mod sheet;
mod table;

pub use file::{Contribution, Model};
pub use problem::ModelError;
pub use sheet::Sheet;
pub use table::Table;
