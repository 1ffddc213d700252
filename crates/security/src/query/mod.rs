//! Searching signals: a small language of stages joined by pipes.
//!
//! `user = mreyes and category = read | stats count, dc(patient) by user | top 10`. A query is [read](parse) into stages,
//! each held to a bound, and [run](run()) over a [`Table`], which keeps every field as a column of numbered texts: a
//! comparison looks at each distinct text once. Whatever is asked, the answer is small.

mod histogram;
mod lex;
mod model;
mod parse;
mod run;
mod table;
#[cfg(test)]
mod tests;

pub use histogram::{Bucket, Histogram};
pub use model::{Aggregate, Comparison, Condition, Query, Stage};
pub use parse::{QueryError, parse};
pub use run::{Answer, run};
pub use table::Table;
