use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::entered::Entered;
use super::error::EhrError;
use crate::staff::{Grant, with_grants};

/// Another role matrix.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeRoles {
    /// Everything that is granted, as `role=permission`, separated by spaces. What is not named is not granted.
    pub grants: Entered,
    /// The version of the matrix that the page was opened with.
    pub expected_version: Entered,
}

/// The matrix in which exactly these are granted.
///
/// # Errors
/// [`EhrError::Fields`] for roles and permissions that do not exist, and when nobody could change the matrix again.
pub fn change_roles(command: &ChangeRoles, current: Option<&Value>) -> Result<Value, EhrError> {
    let text = command.grants.text().unwrap_or_default();
    let mut grants = BTreeSet::new();
    for pair in text.split_whitespace() {
        let Some((role, permission)) = pair.split_once('=') else {
            let what = format!("'{pair}' is no grant");
            return Err(EhrError::field("grants", what, "write role=permission, such as nurse=note.write"));
        };
        grants.insert(Grant { role: role.to_owned(), permission: permission.to_owned() });
    }
    with_grants(current, &grants)
}
