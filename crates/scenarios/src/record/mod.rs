//! What a drill was: its score, and the after-action report.
//!
//! The report has the shape of HSEEP (FEMA, Homeland Security Exercise and
//! Evaluation Program, January 2020, chapter 5): what was to happen, what did, why, and what to do about it.

mod after_action;
mod score;

pub use after_action::{AfterAction, Decision, Row, after_action};
pub use score::{Course, Score, Standing, score};
