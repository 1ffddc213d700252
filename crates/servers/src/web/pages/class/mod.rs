//! What an instructor sees: everyone's standing in every lab, one learner's evidence, and the way to add a learner.

mod accounts;
mod learner;
mod matrix;

pub(super) use accounts::{add, link};
pub(super) use learner::learner;
pub(super) use matrix::class;

use super::fault::Fault;
use super::visitor::Visitor;

/// Lets only instructors go on; for everybody else there is nothing here.
fn check_teaches(visitor: &Visitor) -> Result<(), Fault> {
    if visitor.teaches() { Ok(()) } else { Err(Fault::Missing("This page is for instructors.".to_owned())) }
}
