//! Batches and transactions (R4, 3.1.0.11.2).
//!
//! A batch is a list of interactions, each for itself. A transaction is one change: ids are given first, references
//! between entries and conditional references are written out in the bodies, then everything is stored, or nothing.

mod batch;
mod entry;
mod patch;
mod process;
mod references;
mod transaction;

pub(super) use process::process;
pub(crate) use references::replace as replace_strings;
