use hospital::staff::{ALL_ROUND, Denied, MATRIX_ID, Matrix};
use store::StoreError;

use crate::access::Access;
use crate::ehr::lookup::get;

/// The name of the fact a sandbox keeps the role under. In a team's hospital each member has a role of their own.
pub(super) fn fact(access: &Access) -> String {
    const FACT: &str = "role";
    if access.is_shared() { format!("{FACT} {}", access.actor()) } else { FACT.to_owned() }
}

/// Somebody at work: the role, and the rules it works by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// The code of the role.
    pub role: String,
    /// Who may do what.
    pub matrix: Matrix,
}

/// The role worked as in this sandbox now: [`ALL_ROUND`] until somebody chose another.
///
/// # Errors
/// When the store fails.
pub fn working(access: &Access) -> Result<Working, StoreError> {
    let role = access.sandbox().fact(&fact(access))?.unwrap_or_else(|| ALL_ROUND.to_owned());
    let matrix = access.sandbox().view(|view| get(view, "CodeSystem", MATRIX_ID))?;
    Ok(Working { role, matrix: Matrix::read(matrix.as_ref()) })
}

impl Working {
    /// Whether this role has a permission.
    pub fn may(&self, permission: &str) -> bool {
        self.matrix.may(&self.role, permission)
    }

    /// Refuses where the role lacks a permission.
    ///
    /// # Errors
    /// [`Denied`], with who may.
    pub fn check(&self, permission: &str) -> Result<(), Denied> {
        self.matrix.check(&self.role, permission)
    }

    /// The role as people read it.
    pub fn display(&self) -> &str {
        self.matrix.role(&self.role).map_or(&self.role, |role| &role.display)
    }
}
