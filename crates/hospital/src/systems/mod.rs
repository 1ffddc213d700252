//! What each system of the hospital believes, and what it does with a message.
//!
//! A system keeps [`Record`]s: people with where they lie, orders, charges, vaccinations. [`receive`] is a function of what it
//! holds and of one HL7 v2 message; it gives the acknowledgement, the records to change, and the messages to send on.
//! [`come_due`] is what a system does when a time has come: the laboratory reports. Nothing is shared between systems but
//! messages, so one that was lost shows: [`differences`] tells how a record differs from what the chart says.
//!
//! [`Belief`] is the same for all of them, and for the chart: [`Belief::of`] reads it from FHIR, `messages` writes the same
//! resources as segments, and a follower reads it back from these.

mod answer;
mod belief;
mod clinical;
mod differences;
mod follow;
mod hold;
mod orders;
mod receive;
mod record;
mod resources;
mod results;
mod segment;
#[cfg(test)]
mod tests;

pub use answer::{Ack, Answer, Sent};
pub use belief::{Belief, Place, Stay};
pub use differences::{Difference, differences};
pub use hold::{Held, Holding};
pub use orders::{Order, OrderKind, OrderState};
pub use receive::{come_due, receive};
pub use record::{CHARGE, DOCUMENT, ORDER, PATIENT, Record, VACCINATION};
pub use results::{Reported, reported};
