//! Who may do what: the roles of the hospital's staff, and what each role permits.
//!
//! The rules are data of the hospital: one CodeSystem, [`MATRIX_ID`], whose concepts are the roles and whose concept
//! properties are the [`PERMISSIONS`]. It can be changed like any resource, so every change has a version, and a way
//! back. [`Matrix`] is what it says; where there is none, or none that can be understood, the hospital works by the one
//! it was shipped with, and says so.

mod change;
mod denied;
mod grants;
mod matrix;
mod permission;
mod resource;
mod role;
#[cfg(test)]
mod tests;

pub use change::{Difference, differences};
pub use denied::Denied;
pub use grants::{Grant, check_matrix, with_grants};
pub use matrix::{Matrix, Role};
pub use permission::{PERMISSIONS, Permission, permission_of};
pub(crate) use resource::write_shipped;
pub use resource::{MATRIX_ID, MATRIX_URL, shipped};
pub use role::{ALL_ROUND, ROLES, ShippedRole};
