use serde_json::json;
use store::StoreError;

use super::working::{Working, fact, working};
use crate::access::{Access, outcome};

/// Why a role could not be taken on.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    /// The hospital has no such role.
    #[error("there is no role '{role}' here; there are {}", .known.join(", "))]
    Unknown {
        /// What was asked for.
        role: String,
        /// The codes of those there are.
        known: Vec<String>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Goes on as another role. The journal says from which to which.
///
/// # Errors
/// [`RoleError::Unknown`] for a role that the hospital's matrix does not have.
pub fn switch_role(access: &Access, role: &str) -> Result<Working, RoleError> {
    const KIND: &str = "role.switch";
    let before = working(access)?;
    if before.matrix.role(role).is_none() {
        let known = before.matrix.roles().iter().map(|role| role.code.clone()).collect();
        return Err(RoleError::Unknown { role: role.to_owned(), known });
    }
    let event = access.event(KIND, None, outcome::OK, json!({"from": before.role, "to": role}));
    access.sandbox().set_fact(&fact(access), role, &event)?;
    access.tell(KIND);
    Ok(Working { role: role.to_owned(), ..before })
}
