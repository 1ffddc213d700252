use hospital::staff::{Difference, MATRIX_ID, Matrix, differences};
use serde_json::Value;
use store::StoreError;

use crate::access::Access;
use crate::ehr::lookup::history;

/// A version of the role matrix, and how it differs from the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixVersion {
    /// Its number.
    pub number: u64,
    /// When it was written, as an instant.
    pub written: String,
    /// What it grants or takes, compared with the version before.
    pub changes: Vec<Difference>,
    /// Why it is not in force as it stands, if it cannot be understood.
    pub problem: Option<String>,
}

/// The versions of the role matrix, newest first.
///
/// # Errors
/// When the store fails.
pub fn matrix_versions(access: &Access) -> Result<Vec<MatrixVersion>, StoreError> {
    let values = history(access, "CodeSystem", MATRIX_ID)?;
    let read: Vec<Matrix> = values.iter().map(|(_, value)| Matrix::read(Some(value))).collect();
    let version = |(at, (number, value)): (usize, &(u64, Value))| MatrixVersion {
        number: *number,
        written: value.pointer("/meta/lastUpdated").and_then(Value::as_str).unwrap_or_default().to_owned(),
        changes: read.get(at + 1).map(|before| differences(before, &read[at])).unwrap_or_default(),
        problem: read[at].problem().map(str::to_owned),
    };
    Ok(values.iter().enumerate().map(version).collect())
}
