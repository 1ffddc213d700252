use std::path::Path;

use serde_json::Value;

use crate::column::Column;
use crate::question::{Answer, Asked, Question};
use crate::trouble::Trouble;

/// What writes tables and answers questions about them. It runs to the end in the calling thread, which may block.
pub trait Engine: Send + Sync {
    /// Begins an immutable file of rows at `path`, which must not exist.
    ///
    /// # Errors
    /// When the file cannot be made.
    fn create(&self, path: &Path, columns: &[Column]) -> Result<Box<dyn TableWriter>, Trouble>;

    /// Says what a question would answer, without answering it.
    ///
    /// # Errors
    /// When it cannot be read or planned, or asks for what the grant does not hold.
    fn describe(&self, question: &Question<'_>) -> Result<Asked, Trouble>;

    /// Answers a question within its limits and its grant.
    ///
    /// # Errors
    /// When it cannot be read or planned, asks for what the grant does not hold, or goes over a limit.
    fn answer(&self, question: &Question<'_>) -> Result<Answer, Trouble>;

    /// Checks an expression that a policy states for a table, such as the rows that may be seen.
    ///
    /// # Errors
    /// When it cannot be read or planned, or is no condition.
    fn check_condition(&self, columns: &[Column], condition: &str) -> Result<(), Trouble>;
}

/// A file of rows that is being written.
pub trait TableWriter {
    /// Adds a row, a value for each column as SQL on FHIR gives it. A value that does not go into its column, such as a date
    /// without a month, becomes nothing.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn add(&mut self, row: &[Value]) -> Result<(), Trouble>;

    /// Ends the file and brings it to the disk.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn finish(self: Box<Self>) -> Result<Written, Trouble>;
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its rows.
    pub rows: u64,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
}
