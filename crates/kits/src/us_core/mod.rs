//! The kit for servers of US Core 6.1.0.
//!
//! One group for each profile, all made of the same tests: [`profiles`] says, as data, how the resources of a profile are found and
//! which searches a server must know. Values to search with come from resources that were found, and whether a result is right is
//! asked of `standards`, not of the server.

mod client;
mod discovery;
mod each_profile;
mod kit;
mod profiles;
mod requirements;
mod resources;
mod values;
mod whole_server;

pub use kit::kit;
