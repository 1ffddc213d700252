//! What a hospital is made of: units, shifts, roles, devices, systems, and the interfaces between them.
//!
//! A hospital is a file (`content/hospitals/*.toml`); [`read`] makes a [`Topology`] of it with everything that is wrong, line
//! by line, and accepts what can be accepted. The systems keep stores of their own, so one can believe what another does not:
//! what each does with a message is in [`systems`](crate::systems).

mod model;
mod problem;
mod read;
mod rules;
mod segment;
#[cfg(test)]
mod tests;

pub use model::{Device, Interface, Protocol, Role, Shift, System, SystemKind, Topology, Unit};
pub use problem::{Checked, Problem};
pub use read::read;
pub use segment::Segment;
