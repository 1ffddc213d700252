//! Orders: what can be ordered, drafting, signing, ending.
//!
//! An order is a `ServiceRequest` or a `MedicationRequest` made from an orderable of the hospital's catalogue. It begins
//! as a draft, which nobody acts on, and is in force once signed.

mod catalogue;
mod discontinue;
mod dosing;
mod draft;
mod order_set;
mod sign;
#[cfg(test)]
mod tests;

pub use catalogue::{ORDERABLE_KINDS, codes_of, orderable_kind, title_of};
pub(super) use discontinue::closed;
pub use discontinue::{DiscontinueFacts, DiscontinueOrder, discontinue_order};
pub use dosing::{Dosing, FREQUENCIES, Frequency, ROUTES, UNITS, dosage, due_times};
pub(super) use draft::read_dosing;
pub use draft::{DraftFacts, DraftOrder, PRIORITIES, draft_order};
pub use order_set::{DraftOrderSet, Item, OrderSetFacts, draft_order_set, set_items};
pub use sign::{SignFacts, SignOrders, sign_orders, signed_order};
