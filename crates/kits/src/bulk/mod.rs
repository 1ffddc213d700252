//! The kit for servers of Bulk Data: asking for an export, waiting for it, fetching its files, and giving it up.

mod client;
mod kit;
mod messages;
mod requirements;
mod work;

pub use kit::kit;
