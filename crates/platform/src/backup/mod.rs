//! The whole data folder, copied while everyone keeps working, and put back.
//!
//! A backup is a folder of the same shape as a data folder, with a manifest that is written last and the digests of all its
//! files, which are checked before anything is put back. The records are copied first and say which
//! sandboxes belong to it; each sandbox is then copied at one moment of its own. So a sandbox may be a little newer than the
//! records, never older, and nothing in the records points at a hospital that is not there.

mod folders;
mod manifest;
mod restore;
mod sums;
mod take;
#[cfg(test)]
mod tests;

pub use manifest::Backup;
pub use restore::{holds_data, restore};
