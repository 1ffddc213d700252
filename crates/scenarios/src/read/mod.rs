//! Reading scenarios: a folder's files become a [`Scenario`](crate::model::Scenario) with everything that is wrong with them,
//! by file and line.

mod rules;
mod text;

pub use rules::{LEVELS, READABLE_WORDS, can_be_read};
pub use text::{Checked, Problem, SCENARIO_FILE, scenario};
