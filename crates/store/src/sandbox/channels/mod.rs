//! The channels of a hospital's interface engine, the messages they took in, and what is still to be sent.
//!
//! A channel's text is kept in every version; which version runs, and how, is its *deployment*. A message is stored with one
//! *delivery* for each destination, in the transaction of the journal entry about it, so that whatever was acknowledged is
//! still there after a crash. Deliveries of one destination go out in the order in which their messages came in: one that
//! waits for another attempt holds back those behind it, one that has failed for good does not.

mod delivery;
mod deployment;
mod message;
pub(crate) mod schema;
mod search;
mod version;

pub use delivery::{Delivery, Due};
pub use deployment::{Deployment, Tally};
pub use message::{ChannelMessage, NewChannelMessage, NewDelivery};
pub use search::MessageQuery;
pub use version::ChannelVersion;
