//! What came of a programme: figures over the learners of a cohort, each with how many it counts.
//!
//! Nothing is summed into one score. A figure says of how many it speaks and of how many it could, so that a mean of three is not
//! read as a mean of thirty; who is not due yet is not counted as lost.

mod figures;
#[cfg(test)]
mod tests;

pub use figures::{Beside, Better, Retained, Spread, Stay, Trend, beside, retained, spread, trend};
