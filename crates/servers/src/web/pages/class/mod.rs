//! What an instructor sees: everyone's standing in every lab, one learner's evidence, and the ways to add a learner and to erase one who leaves.

mod accounts;
mod guard;
mod learner;
mod leaving;
mod matrix;

pub(super) use accounts::{add, link};
pub(super) use learner::learner;
pub(super) use leaving::erase;
pub(super) use matrix::class;
