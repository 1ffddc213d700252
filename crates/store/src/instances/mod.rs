//! Imaging objects that a sandbox was sent: their bytes as received, and what they are found by.
//!
//! The pictures of an image's people are not here: they are drawn when somebody looks. What is here is overlay: it goes
//! with a reset and comes back with a snapshot, and *undo* takes it back like any other change.

mod ddl;
mod find;
mod put;

pub(crate) use ddl::INSTANCES;
pub use find::{InstanceFilter, InstanceRow};
pub use put::NewInstance;
