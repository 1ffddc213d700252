//! The Ethereum chain of a sandbox, behind JSON-RPC.
//!
//! A block is a journal entry of kind `ledger.block` with its time and signed transactions, a transaction that waits for one
//! an entry of kind `ledger.waits`, and nothing else is kept: the chain is replayed from the journal when it is opened. So it
//! is as durable as everything in a hospital, a snapshot has it as it was, and a reset begins another. Only filters are in
//! memory alone, as in other nodes: who asks for one that is gone is told to make it anew.

mod consent;
mod contracts;
mod judge;
mod look;
mod open;
mod serve;

pub(crate) use consent::{Asked, allowed};
pub(crate) use judge::observe;
pub use ledger::abi::Told;
pub use look::{BlockView, ChainView, ContractView, EventView, TransactionView, look};
pub(crate) use open::Chains;
pub(crate) use serve::request;
pub use serve::{Account, accounts, begin_another, explain, serve, source};
