//! Reading cases: a folder's files become a [`Case`](crate::model::Case) with everything that is wrong with them, by file and line.

mod rubric;
mod rules;
mod teams;
mod text;

pub use scenarios::read::Problem;
pub use text::{CASE_FILE, Checked, GUIDE_FILE, RUBRIC_FILE, case};
