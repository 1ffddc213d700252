//! The append-only record of a sandbox: one entry for each thing that happened there.
//!
//! Entries are chained: each carries the SHA-256 of the one before it and of its own fields, so a changed, removed or
//! inserted entry breaks the chain from there on. An entry about a change is written in the change's own transaction.

mod chain;
mod entry;
mod filter;
mod table;

pub use chain::{Break, GENESIS, Hash};
pub use entry::{Entry, NewEntry};
pub use filter::Filter;
pub(crate) use table::{Tail, append, each_bytes, first_break, list, tail};
