//! The pharmacist's part of an order: verifying it, returning it to who prescribed it, changing it.
//!
//! A signed order of a medicine for a stay waits for a pharmacist, as a Task `approve` whose focus it is. The Task ends as
//! `completed` (verified, or changed) or `rejected` (returned, the order is on hold). A Provenance says who verified which
//! version. A changed order is a new one that names the old one as `priorPrescription`, and waits for the prescriber's
//! countersignature. Orders from before the Task existed, or written past the forms, have none and are given as they are.

mod change;
mod cosign;
mod finish;
mod give_back;
mod reviewed;
#[cfg(test)]
mod tests;
mod verify;

pub use change::{ChangeOrder, Changed, change_order};
pub use cosign::{COSIGN_TASK, CosignFacts, CosignOrder, cosign_order};
pub use give_back::{ReturnOrder, return_order};
pub use reviewed::{ReviewFacts, refuse_stopped};
pub use verify::{VerifyOrder, verify_order};
