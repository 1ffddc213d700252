//! The interface engine at work in a sandbox: channels saved, deployed and changed; messages received, sent and sent again.
//!
//! What a channel makes of a message is decided in the crate `channels`; here it is stored in the transaction of its journal
//! entry, and what is due goes out: FHIR to the chart and messages to other channels from here, HL7 v2 through a [`Sender`],
//! which [`Systems`](crate::messages::Systems) is. A delivery that was made
//! and not yet noted when the machine stopped is made again: receivers tell by the control id.

mod alerts;
mod catalogue;
mod change;
mod deliver;
mod error;
mod names;
mod past;
mod programs;
mod receive;
mod replay;
mod search;
mod starter;
mod status;
mod tried;

pub use ::channels::diff::{Difference, Line as DiffLine, LineKind as DiffLineKind};
pub use catalogue::{ChannelView, channel, channels};
pub use change::{SaveChannel, import_channel, save_channel};
pub use deliver::{Delivered, Parcel, SendError, Sender, deliver_due};
pub use error::InterfaceError;
pub(crate) use error::failure;
pub use past::{ChannelDiff, channel_diff, channel_versions, roll_back};
pub(crate) use programs::Programs;
pub(crate) use receive::take_in;
pub use receive::{Origin, Receipt, channels_listening, process_received, receive};
pub use replay::{ReplayOf, replay, retry};
pub use search::{MessageView, find_messages, message, message_diff};
pub use starter::{Starter, starters};
pub use status::{StateChange, set_state};
pub use store::sandbox::channels::{ChannelMessage, ChannelVersion, Delivery, MessageQuery};
pub(crate) use tried::tried;
