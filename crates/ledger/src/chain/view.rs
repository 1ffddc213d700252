use revm::primitives::alloy_primitives::Bloom;
use revm::primitives::{Address, B256, Bytes};

use super::signed::Signed;

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its place, from 0.
    pub number: u64,
    /// Its hash: of everything here but itself.
    pub hash: B256,
    /// The hash of the one before it.
    pub parent: B256,
    /// When it was made, in seconds since 1970 UTC of the hospital's own time.
    pub time_s: u64,
    /// The hashes of its transactions.
    pub transactions: Vec<B256>,
    /// A running hash over all results up to here. It is not the root of a state trie, so nothing is proven from it.
    pub results: B256,
    /// Gas of its transactions together.
    pub gas_used: u64,
    /// Which addresses and topics its logs have.
    pub bloom: Bloom,
    /// Bytes of its transactions.
    pub size_bytes: u64,
}

/// An event that a contract told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The contract.
    pub address: Address,
    /// What it is, and what one can look for.
    pub topics: Vec<B256>,
    /// The rest.
    pub data: Bytes,
    /// The block.
    pub block: u64,
    /// The transaction.
    pub transaction: B256,
    /// The transaction's place in the block.
    pub transaction_index: u64,
    /// Its own place in the block.
    pub index: u64,
}

/// A transaction in a block, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Included {
    /// The transaction.
    pub signed: Signed,
    /// The block.
    pub block: u64,
    /// Its place in the block.
    pub index: u64,
    /// Whether it was carried out; if not, only its fee was taken.
    pub success: bool,
    /// The contract it made.
    pub created: Option<Address>,
    /// Gas it took.
    pub gas_used: u64,
    /// Gas of it and those before it in the block.
    pub gas_used_so_far: u64,
    /// What it told of.
    pub logs: Vec<LogEntry>,
    /// What it returned; where it was reverted, why.
    pub output: Bytes,
}
