//! A record told to others: which requirements were looked at, as a FHIR `TestReport`, as a page that prints.

mod coverage;
mod page;
mod test_report;
#[cfg(test)]
mod tests;

pub use coverage::{Covered, coverage};
pub use page::page;
pub use test_report::test_report;
