//! Logistic regression with an L2 penalty (Hastie, Tibshirani, Friedman, The Elements of Statistical
//! Learning, 2nd ed., section 4.4).

mod cholesky;
mod descent;
mod fit;
mod loss;
mod model;

pub(crate) use fit::fit_plain;
pub use fit::{Penalty, fit};
pub(crate) use loss::sigmoid;
pub use model::{Feature, Logistic};
