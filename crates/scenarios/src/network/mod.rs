//! What the systems of a hospital run on, as a file (`content/hospitals/*.network.toml`), and how it stands.
//!
//! [`read`] makes a [`Network`] of the file with everything that is wrong. [`Network::way`] finds the cables over which one
//! system's messages reach another. [`stand`] says how every part is: a function of what is known of the hospital, such as
//! which systems fail and what went over which interface, and of nothing else.

mod model;
mod read;
mod stand;
mod way;

pub use model::{Cooler, Feed, Host, Link, Network, Rack, Room, Switch};
pub use read::{NetworkProblem, read};
pub use stand::{Flow, Health, HostStanding, Known, LinkStanding, NetworkStanding, stand};
pub use way::Way;
