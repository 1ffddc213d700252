//! Cells as JSON and as CSV.

mod csv;
mod json;

pub use csv::csv;
pub use json::json;
