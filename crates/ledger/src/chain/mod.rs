//! A chain of blocks with a real Ethereum virtual machine, kept by one hospital.
//!
//! A [`Chain`] is a function of its blocks: time and signed transactions in, state, receipts and logs out. So a chain is
//! kept as the list of its [`Mined`] blocks and replayed. Until a block is mined, transactions wait in a pool where
//! everybody sees them. A [`Fork`] is a copy on which calls are tried, a [`Call`] one step of what such a call sets off, and
//! a [`Scan`] looks for words in everything that is public. [`Signed`] reads transactions from bytes; [`TestKey`]s are
//! accounts with money that is worth nothing.

mod fault;
mod fork;
mod keys;
mod limits;
mod mine;
mod pool;
mod rlp;
mod run;
mod scan;
mod signed;
mod state;
mod trace;
mod view;

pub use fault::ChainFault;
pub use fork::Fork;
pub use keys::TestKey;
pub use limits::{BASE_FEE_WEI, BLOCK_GAS_MAX, CHAIN_ID, TX_BYTES_MAX, TX_GAS_MAX};
pub use mine::Mined;
pub use revm::primitives::{Address, B256, Bytes, U256, keccak256};
pub use run::{Outcome, Request};
pub use scan::{Found, Scan};
pub use signed::{Fields, Signed, SignedFault};
pub use state::Chain;
pub use trace::Call;
pub use view::{Block, Included, LogEntry};

#[cfg(test)]
mod tests;
