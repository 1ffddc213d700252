//! The transparency log of a hospital: its newest checkpoint, who signed it, and each entry with what proves it. Beside it the
//! chain: blocks, transactions, events; contracts written and compiled in the page; the gateway of a
//! second hospital and the vault of salts; and four validators to be watched.

mod acts;
mod chain;
mod consensus;
mod contract;
mod entry;
mod exchange;
mod overview;
mod routes;
mod vault;
mod votes;

pub(super) use routes::routes;
