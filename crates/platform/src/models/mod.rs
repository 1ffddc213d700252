//! Models of an outcome, trained on a table and judged on what they say of others.

mod files;

pub use ::models::boosting::Settings;
pub use ::models::logistic::Penalty;
pub use files::{FileError, Fitted, Judged, Kind, Risks, fit_file, judge_file, risk_file};
