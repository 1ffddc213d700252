//! What an instructor sees: everyone's standing in every lab, one learner's evidence, and the way to add a learner.

mod accounts;
mod guard;
mod learner;
mod matrix;

pub(super) use accounts::{add, link};
pub(super) use learner::learner;
pub(super) use matrix::class;
