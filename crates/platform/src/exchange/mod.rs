//! The gateway through which a second hospital reads here, as far as patients consent on the chain.
//!
//! What may be read is asked of a contract, in the state of the newest block, each time: nothing is remembered, so that a
//! consent which was taken back holds from the block in which it was. Who a patient is on the chain is known here alone. Each
//! reading leaves a journal entry with the block that was asked, and the event by which the contract came to its answer.

mod decide;
mod scope;
mod serve;
mod settings;
mod staff;

pub use decide::{Decision, Event};
pub use scope::scope_of;
pub use serve::{ExchangeError, Read, read};
pub use settings::{Known, Settings, set, settings};
pub use staff::{StaffCredential, issue, revoke, status_list};
