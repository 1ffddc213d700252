use std::cell::Cell;

use crate::problem::Problem;

/// What one evaluation may do: a step is an item looked at, a comparison, or eight characters made.
const STEPS_MAX: u64 = 2_000_000;

/// The longest text an expression may make, in bytes.
const TEXT_BYTES_MAX: usize = 1_000_000;

/// The largest collection.
const ITEMS_MAX: usize = 100_000;

/// Counts the work of an evaluation, which ends when it is used up.
#[derive(Debug)]
pub(crate) struct Meter {
    left: Cell<u64>,
}

impl Meter {
    pub(crate) fn new() -> Self {
        Self { left: Cell::new(STEPS_MAX) }
    }

    /// Counts so many steps.
    pub(crate) fn charge(&self, steps: usize, at: usize) -> Result<(), Problem> {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        let left = self.left.get().checked_sub(steps);
        let left = left.ok_or_else(|| Problem::limit(at, format!("{STEPS_MAX} steps of evaluation")))?;
        self.left.set(left);
        Ok(())
    }

    /// Counts a text that is about to be made.
    pub(crate) fn text(&self, bytes: usize, at: usize) -> Result<(), Problem> {
        if bytes > TEXT_BYTES_MAX {
            return Err(Problem::limit(at, format!("{TEXT_BYTES_MAX} bytes of text")));
        }
        self.charge(1 + bytes / 8, at)
    }

    /// Counts a collection that was made.
    pub(crate) fn items(&self, count: usize, at: usize) -> Result<(), Problem> {
        if count > ITEMS_MAX {
            return Err(Problem::limit(at, format!("{ITEMS_MAX} items in a collection")));
        }
        self.charge(1 + count / 4, at)
    }
}
