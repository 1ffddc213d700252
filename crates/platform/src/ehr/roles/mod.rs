//! The role somebody works as, what it may do, and the charts that open only to those who have a reason.
//!
//! The role belongs to the sandbox, as its clock does: it is written there with a `role.switch` entry, so it survives a
//! restart, a snapshot keeps it, and the page, the command API and the journal agree on it. Rules come from the hospital's
//! role matrix ([`hospital::staff`]). The hospital's FHIR interface asks for no role of a learner's own token: it
//! is the integration engine's door. An app that acts for a person goes no further there than the person's role.

mod bounds;
mod glass;
mod history;
mod sight;
mod switch;
mod working;

pub(crate) use bounds::bounds_of;
pub(in crate::ehr) use glass::Glasses;
pub(crate) use glass::KIND as GLASS_KIND;
pub use glass::{GLASS_HOURS, is_restricted};
pub use history::{MatrixVersion, matrix_versions};
pub use hospital::staff::{
    ALL_ROUND, Denied, Difference, MATRIX_ID, Matrix, PERMISSIONS, Permission, ROLES, Role, permission_of,
};
pub(in crate::ehr) use sight::permissions_to_see;
pub use switch::{RoleError, switch_role};
pub use working::{Working, working};
