use std::collections::BTreeSet;

use super::matrix::Matrix;
use super::permission::PERMISSIONS;

/// One thing in which two matrices differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The code of the role.
    pub role: String,
    /// The code of the permission.
    pub permission: String,
    /// Whether the newer matrix grants it.
    pub granted: bool,
}

/// In what `newer` differs from `older`, role by role.
pub fn differences(older: &Matrix, newer: &Matrix) -> Vec<Difference> {
    let roles: BTreeSet<&str> =
        older.roles().iter().chain(newer.roles()).map(|role| role.code.as_str()).collect();
    let mut found = Vec::new();
    for role in roles {
        let changed = PERMISSIONS.iter().filter(|one| older.may(role, one.code) != newer.may(role, one.code));
        found.extend(changed.map(|one| Difference {
            role: role.to_owned(),
            permission: one.code.to_owned(),
            granted: newer.may(role, one.code),
        }));
    }
    found
}
