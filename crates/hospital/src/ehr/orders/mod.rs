//! Orders: what can be ordered, drafting, signing, ending.
//!
//! An order is a `ServiceRequest` or a `MedicationRequest` made from an orderable of the hospital's catalogue. It begins
//! as a draft, which nobody acts on, and is in force once signed. What is signed makes work, as a Task: a service to be
//! fulfilled, a medicine for a stay to be verified by a pharmacist ([`verification`](super::verification)).

mod catalogue;
mod discontinue;
mod dosing;
mod draft;
mod order_set;
mod sign;
#[cfg(test)]
mod tests;
mod to_verify;

pub use catalogue::{ORDERABLE_KINDS, codes_of, orderable_kind, title_of};
pub(super) use discontinue::closed;
pub use discontinue::{DiscontinueFacts, DiscontinueOrder, discontinue_order};
pub use dosing::{Dosing, FREQUENCIES, Frequency, ROUTES, UNITS, dosage, due_times};
pub use draft::{DraftFacts, DraftOrder, PRIORITIES, draft_order};
pub(super) use draft::{read_amended, read_dosing};
pub use order_set::{DraftOrderSet, Item, OrderSetFacts, draft_order_set, set_items};
pub use sign::{SignFacts, SignOrders, sign_orders, signed_order};
pub(super) use to_verify::to_verify;
pub use to_verify::{TASK_CODE, VERIFY_TASK, is_verification, needs_verification};
