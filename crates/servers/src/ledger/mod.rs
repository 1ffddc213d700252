//! What can be proven about a sandbox, over HTTP: its transparency log at `/s/{sandbox}/log`, its
//! Ethereum chain at `/s/{sandbox}/eth`, the gateway that asks it for consent at `/s/{sandbox}/exchange`, the vault of salts at
//! `/s/{sandbox}/vault`, and four validators to be watched at `/s/{sandbox}/consensus`.
//!
//! Checkpoints and proofs are the text forms that other tools read; the rest is JSON. Errors are problem documents.

mod call;
mod consensus;
mod eth;
mod exchange;
mod log;
mod routes;
mod vault;

pub(crate) use routes::routes;
