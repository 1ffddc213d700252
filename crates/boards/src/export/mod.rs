//! A board to be taken along: as Markdown, and its cards and its table as CSV.

mod csv;
mod markdown;

pub use csv::{cards_csv, table_csv};
pub use markdown::markdown;
