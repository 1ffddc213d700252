//! Messages between the systems of a hospital, from wherever they come: one path.
//!
//! Whatever is written into the chart is [`told`] to the other systems. What one sends is [`queue`]d on an interface in the
//! transaction of the change it tells of; [`deliver`] hands the
//! first of each queue over and writes down what became of it. What comes from outside over MLLP enters through
//! [`Platform::receive`](crate::Platform::receive), what a channel of the interface engine sends through [`Systems`]. In the
//! end all of it stands before a system, which [`take`](take::take)s it: acknowledged, kept as it came, journalled, on disk
//! before anyone is told. Where a channel listens for the system, the channel takes it instead.
//!
//! What a system makes of a message is in `hospital::systems`. A [`Way`] is the interface a message goes over.

mod answer;
mod begin;
mod chart;
mod conform;
mod deliver;
mod door;
mod hand;
mod holdings;
mod keep;
mod list;
mod met;
mod queue;
mod reach;
mod settle;
mod standing;
mod take;
mod told;
mod transit;
mod way;

pub(crate) use begin::{begin, has_begun};
pub(crate) use chart::{belief, everybody};
pub(crate) use deliver::deliver;
pub use door::{Answers, Peer};
pub use hand::Systems;
pub(crate) use holdings::{body, records_of};
pub(crate) use list::accepted;
pub use list::{MessageView, messages};
pub(crate) use queue::queue_by_hand;
pub use standing::Reached;
pub(crate) use take::{report, store_of};
pub(crate) use told::{prepare, tell};
pub(crate) use transit::{PlaceError, lose_all, place, place_noise};
pub(crate) use way::is_interface;
