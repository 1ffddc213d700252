//! Tables as CSV (RFC 4180): rows in with their lines, rows out that a spreadsheet cannot run.
//!
//! What is read is read strictly: every mistake is collected with its file and line, and the caller does nothing if there is one. A cell that
//! begins like a formula is refused on the way in, where it would be a name, and made harmless on the way out, where it is somebody's words.

mod problem;
mod rows;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use problem::Sink;
pub use problem::{Mistakes, Problem};
pub(crate) use rows::Rows;
pub use rows::Source;
pub(crate) use write::csv_lines;
pub use write::{Table, csv_text};
