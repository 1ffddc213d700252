//! Outcomes: what came of a cohort, each figure with how many it counts. All of them are measured, but for the days of onboarding,
//! which employers report.
//!
//! Labs, drills and workshops are measured by what really happened in them; staying in an apprenticeship by its record. They are
//! computed each time they are looked at, and nothing is summed into one score.

mod error;
mod gather;
#[cfg(test)]
mod tests;

pub use error::OutcomeError;
pub use gather::{DrillOutcome, DrillTrends, Outcomes, WorkshopOutcome};
pub use placements::outcomes::{Beside, Retained, Spread, Trend};
