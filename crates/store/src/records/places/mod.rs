//! Places at hosts, documents, wishes of both sides, couples, and matches.

mod couples;
mod documents;
mod offered;
mod runs;
#[cfg(test)]
mod tests;
mod wishes;

pub use couples::{Couple, PairOfPlaces};
pub use documents::PersonDocument;
pub use offered::PlaceRecord;
pub use runs::{MatchOverride, MatchRun};
pub use wishes::Wish;
