use std::sync::PoisonError;

use ledger::abi::Told;
use ledger::chain::{Address, Block, Bytes, Included};
use store::StoreError;

use super::contracts::contracts;
use super::open::OpenChain;
use crate::access::Access;
use crate::platform::Platform;

/// A block as a page shows it.
#[derive(Debug, Clone)]
pub struct BlockView {
    /// Its place, from 0.
    pub number: u64,
    /// Its hash.
    pub hash: String,
    /// When it was made, in the hospital's own time, microseconds since 1970 UTC.
    pub made_us: i64,
    /// Gas of its transactions together.
    pub gas_used: u64,
    /// What it carries out.
    pub transactions: Vec<TransactionView>,
}

/// A transaction as a page shows it.
#[derive(Debug, Clone)]
pub struct TransactionView {
    /// Its hash.
    pub hash: String,
    /// Who signed it.
    pub from: String,
    /// Where it went; none for one that makes a contract.
    pub to: Option<String>,
    /// The contract it made.
    pub created: Option<String>,
    /// Whether it was carried out.
    pub success: bool,
    /// What it carried along, in wei.
    pub value_wei: String,
    /// What it called with: its first four bytes name the function.
    pub input: String,
    /// The same in words, where the contract's interface is known.
    pub told: Option<Told>,
    /// What contracts told of, each with address, topics and data.
    pub events: Vec<EventView>,
}

/// An event as a page shows it.
#[derive(Debug, Clone)]
pub struct EventView {
    /// The contract.
    pub address: String,
    /// What it is, and what one can look for.
    pub topics: Vec<String>,
    /// The rest.
    pub data: String,
    /// The same in words, where the contract's interface is known.
    pub told: Option<Told>,
}

/// A contract as a page shows it.
#[derive(Debug, Clone)]
pub struct ContractView {
    /// Its address.
    pub address: String,
    /// Who deployed it.
    pub by: String,
    /// Bytes of its code.
    pub size_bytes: usize,
    /// How many entries it keeps.
    pub entries: usize,
    /// Whether its interface is known.
    pub is_explained: bool,
}

/// A chain as a page shows it.
#[derive(Debug, Clone)]
pub struct ChainView {
    /// Hashes of transactions that wait for a block.
    pub waiting: Vec<String>,
    /// The newest blocks, newest first.
    pub blocks: Vec<BlockView>,
    /// Every contract, newest first.
    pub contracts: Vec<ContractView>,
}

/// The newest `limit` blocks, and what waits.
///
/// # Errors
/// When the journal cannot be read.
pub fn look(platform: &Platform, access: &Access, limit: usize) -> Result<ChainView, StoreError> {
    let open = platform.chains.of(access.sandbox())?;
    let open = open.lock().unwrap_or_else(PoisonError::into_inner);
    let chain = &open.chain;
    let contract = |(by, address): (Address, Address)| ContractView {
        address: address.to_string(),
        by: by.to_string(),
        size_bytes: chain.code(address).len(),
        entries: chain.entries(address),
        is_explained: open.interfaces.contains_key(&address),
    };
    let mut contracts: Vec<ContractView> = contracts(chain).map(contract).collect();
    contracts.reverse();
    Ok(ChainView {
        waiting: chain.pool().iter().map(|tx| tx.hash.to_string()).collect(),
        blocks: chain.blocks().iter().rev().take(limit).map(|found| block(&open, found)).collect(),
        contracts,
    })
}

fn block(open: &OpenChain, block: &Block) -> BlockView {
    let included = block.transactions.iter().filter_map(|hash| open.chain.included(hash));
    BlockView {
        number: block.number,
        hash: block.hash.to_string(),
        made_us: i64::try_from(block.time_s).unwrap_or_default().saturating_mul(1_000_000),
        gas_used: block.gas_used,
        transactions: included.map(|tx| transaction(open, tx)).collect(),
    }
}

fn transaction(open: &OpenChain, tx: &Included) -> TransactionView {
    let fields = &tx.signed.fields;
    let told = |to: Address, input: &Bytes| open.interfaces.get(&to)?.call(input);
    let event = |log: &ledger::chain::LogEntry| EventView {
        told: open.interfaces.get(&log.address).and_then(|known| known.event(&log.topics, &log.data)),
        address: log.address.to_string(),
        topics: log.topics.iter().map(ToString::to_string).collect(),
        data: log.data.to_string(),
    };
    TransactionView {
        hash: tx.signed.hash.to_string(),
        from: tx.signed.from.to_string(),
        to: fields.to.map(|to| to.to_string()),
        created: tx.created.map(|made| made.to_string()),
        success: tx.success,
        value_wei: fields.value.to_string(),
        input: fields.input.to_string(),
        told: fields.to.and_then(|to| told(to, &fields.input)),
        events: tx.logs.iter().map(event).collect(),
    }
}
