//! Gradient boosting of trees over histograms (Friedman 2001, Greedy Function Approximation; Chen and Guestrin
//! 2016, XGBoost, sections 2 and 3), for a yes-or-no outcome.
//!
//! Columns are cut into at most 255 bins once. A tree grows level by level; the better of two siblings is
//! computed from the other and their parent. A missing value goes to whichever side it does more good.

mod bins;
mod fit;
mod grow;
mod histogram;
mod settings;
mod shap;
mod split;
mod tree;

pub use fit::fit;
pub use settings::Settings;
pub use tree::{Boosted, Node, Tree};
