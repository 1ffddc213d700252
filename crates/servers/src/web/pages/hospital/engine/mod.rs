//! The interface engine of a hospital: its channels, their files and versions, and the messages that went through.
//!
//! The pages show what people who run an engine look at all day, under the words they know: the dashboard with its counts,
//! the message browser with the message at each step of its way, and the channel with its versions.

mod acts;
mod channel;
mod dashboard;
mod difference;
mod example;
mod message;
mod messages;
mod routes;

pub(super) use routes::routes;
