//! Where readers put the problems they meet.

use std::cell::RefCell;

use crate::problem::{Place, Problem};

/// Collects problems from many readers at once.
#[derive(Default)]
pub(super) struct Sink(RefCell<Vec<Problem>>);

impl Sink {
    pub(super) fn add(&self, problem: Problem) {
        self.0.borrow_mut().push(problem);
    }

    pub(super) fn say(&self, place: &Place, what: impl Into<String>, try_this: impl Into<String>) {
        self.add(place.problem(what, try_this));
    }

    /// All problems, sorted, each once: a lab's shared part is read again for every variant.
    pub(super) fn into_sorted(self) -> Vec<Problem> {
        let mut problems = self.0.into_inner();
        problems.sort();
        problems.dedup();
        problems
    }
}
