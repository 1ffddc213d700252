use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::HEXLOWER;
use ledger::abi::Interface;
use ledger::chain::{Address, B256, Bytes, Chain, Mined};
use ledger::rpc::Filters;
use serde_json::{Value, json};
use store::StoreError;
use store::journal::{Entry, Filter, Hash};
use store::sandbox::Sandbox;

use crate::access::{Access, outcome};

/// The kind of the journal entries that blocks are.
pub(super) const BLOCK: &str = "ledger.block";

/// The kind of the entry with which the members of a chain leave it behind and begin another.
const BEGIN: &str = "ledger.begin";

/// The kind of the entries that say what a contract's calls and events mean.
const INTERFACE: &str = "ledger.interface";

/// The kind of the entries of transactions that wait for a block.
const WAITS: &str = "ledger.waits";

/// The kind of the entries that say whether every transaction gets a block of its own at once.
const PACE: &str = "ledger.pace";

/// Every kind of entry that a chain is made of.
const KINDS: [&str; 5] = [BLOCK, BEGIN, INTERFACE, WAITS, PACE];

/// Chains held in memory; one is replayed when needed again.
const OPEN_MAX: usize = 32;

/// The chains in use, by sandbox.
#[derive(Default)]
pub(crate) struct Chains(Mutex<BTreeMap<String, Arc<Mutex<OpenChain>>>>);

/// A chain in use. All of it is in the journal but the filters: whoever watches begins anew after a restart.
pub(crate) struct OpenChain {
    pub(super) chain: Chain,
    pub(super) filters: Filters,
    /// What is known of contracts.
    pub(super) interfaces: BTreeMap<Address, Interface>,
    /// Whether every transaction gets a block of its own at once.
    pub(super) mines_at_once: bool,
    /// Waiting transactions that the journal has.
    waiting: BTreeSet<B256>,
    /// The newest journal entry that the chain is made of; before there is one, the journal's first.
    newest: Option<(i64, Hash)>,
}

impl Chains {
    /// The chain of a sandbox as its journal has it, replayed unless the one in memory is still that.
    pub(super) fn of(&self, sandbox: &Sandbox) -> Result<Arc<Mutex<OpenChain>>, StoreError> {
        let mut chains = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = chains.get(sandbox.id()) {
            if open.lock().unwrap_or_else(PoisonError::into_inner).is_of(sandbox)? {
                return Ok(Arc::clone(open));
            }
        } else if chains.len() >= OPEN_MAX {
            chains.retain(|_, open| Arc::strong_count(open) > 1);
        }
        let open = Arc::new(Mutex::new(OpenChain::open(sandbox)?));
        chains.insert(sandbox.id().to_owned(), Arc::clone(&open));
        Ok(open)
    }

    /// Forgets the chain in memory, which is ahead of the journal.
    pub(super) fn forget(&self, sandbox: &Sandbox) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(sandbox.id());
    }
}

impl OpenChain {
    fn open(sandbox: &Sandbox) -> Result<Self, StoreError> {
        let first = sandbox.journal(&Filter { limit: 1, ..Filter::default() })?.pop();
        let mut open = Self {
            chain: begun(first.as_ref()),
            filters: Filters::default(),
            interfaces: BTreeMap::new(),
            mines_at_once: true,
            waiting: BTreeSet::new(),
            newest: first.as_ref().map(place),
        };
        for entry in sandbox.journal(&parts_after(0))? {
            let damaged =
                || StoreError::Damaged { what: format!("the chain at journal entry {}", entry.seq) };
            open.go_on(&entry).ok_or_else(damaged)?;
            open.newest = Some(place(&entry));
        }
        Ok(open)
    }

    /// Takes in an entry that the chain is made of.
    fn go_on(&mut self, entry: &Entry) -> Option<()> {
        let detail = &entry.event.detail;
        match entry.event.kind.as_str() {
            BEGIN => self.leave_for(begun(Some(entry))),
            INTERFACE => {
                let address = detail["address"].as_str()?.parse().ok()?;
                self.interfaces.insert(address, Interface::parse(&detail["abi"]).ok()?);
            }
            WAITS => {
                self.chain.wait_again(&from_hex(&detail["transaction"])?).ok()?;
                self.waiting = self.chain.pool().iter().map(|tx| tx.hash).collect();
            }
            PACE => self.mines_at_once = detail["at_once"].as_bool()?,
            _ => self.chain.replay(&read(detail)?).ok()?,
        }
        Some(())
    }

    /// Whether the journal still has this chain and nothing more of it: a reset or a return to a snapshot replaces it.
    fn is_of(&self, sandbox: &Sandbox) -> Result<bool, StoreError> {
        let after_seq = self.newest.map_or(0, |(seq, _)| seq);
        let at = Filter { after_seq: after_seq - 1, limit: 1, ..Filter::default() };
        let there = sandbox.journal(&at)?.first().map(place) == self.newest;
        Ok(there && sandbox.journal(&Filter { limit: 1, ..parts_after(after_seq) })?.is_empty())
    }

    /// Makes a block and keeps it. If it cannot be kept, the chain in memory must be forgotten.
    pub(super) fn mine(&mut self, access: &Access) -> Result<(), StoreError> {
        let time_s = u64::try_from(access.virtual_us() / 1_000_000).unwrap_or_default();
        let mined = self.chain.mine(time_s);
        let event = access.event(BLOCK, None, outcome::OK, write(&self.chain, &mined));
        access.change(BLOCK, |change| change.note(&event))?;
        self.noted(access)
    }

    /// After something was sent: makes a block if that is the pace, and keeps what waits.
    pub(super) fn settle(&mut self, access: &Access) -> Result<(), StoreError> {
        if self.mines_at_once {
            self.mine(access)?;
        }
        let news = self.chain.pool().iter().filter(|tx| !self.waiting.contains(&tx.hash));
        let events: Vec<_> = news
            .map(|tx| {
                let detail = json!({"transaction": HEXLOWER.encode(&tx.raw)});
                access.event(WAITS, None, outcome::OK, detail)
            })
            .collect();
        for event in &events {
            access.change(WAITS, |change| change.note(event))?;
        }
        self.waiting = self.chain.pool().iter().map(|tx| tx.hash).collect();
        if events.is_empty() { Ok(()) } else { self.noted(access) }
    }

    /// Has blocks made at once for every transaction, or only when asked for.
    pub(super) fn set_pace(&mut self, access: &Access, at_once: bool) -> Result<(), StoreError> {
        let event = access.event(PACE, None, outcome::OK, json!({"at_once": at_once}));
        access.change(PACE, |change| change.note(&event))?;
        self.mines_at_once = at_once;
        self.noted(access)
    }

    /// Leaves the chain behind, with everything on it, and begins another.
    pub(super) fn begin_another(&mut self, access: &Access) -> Result<(), StoreError> {
        let left = self.chain.head();
        let detail = json!({"left": {"number": left.number, "hash": left.hash.to_string()}});
        let event = access.event(BEGIN, None, outcome::OK, detail);
        access.change(BEGIN, |change| change.note(&event))?;
        let time_s = u64::try_from(access.virtual_us() / 1_000_000).unwrap_or_default();
        self.leave_for(Chain::begin(time_s));
        self.noted(access)
    }

    fn leave_for(&mut self, chain: Chain) {
        (self.chain, self.interfaces, self.waiting) = (chain, BTreeMap::new(), BTreeSet::new());
    }

    /// Keeps what the calls and events of a contract mean.
    pub(super) fn explain(
        &mut self,
        access: &Access,
        address: Address,
        interface: Interface,
        abi: &Value,
    ) -> Result<(), StoreError> {
        let detail = json!({"address": address.to_string(), "abi": abi});
        let event = access.event(INTERFACE, None, outcome::OK, detail);
        access.change(INTERFACE, |change| change.note(&event))?;
        self.interfaces.insert(address, interface);
        self.noted(access)
    }

    fn noted(&mut self, access: &Access) -> Result<(), StoreError> {
        let after = Filter { newest_first: true, limit: 1, ..parts_after(0) };
        self.newest = access.sandbox().journal(&after)?.first().map(place);
        Ok(())
    }
}

fn place(entry: &Entry) -> (i64, Hash) {
    (entry.seq, entry.hash)
}

fn parts_after(after_seq: i64) -> Filter {
    Filter { after_seq, kinds: KINDS.map(str::to_owned).to_vec(), ..Filter::default() }
}

/// A chain that begins with this entry.
fn begun(entry: Option<&Entry>) -> Chain {
    let begun_us = entry.map_or(0, |entry| entry.event.virtual_us);
    Chain::begin(u64::try_from(begun_us / 1_000_000).unwrap_or_default())
}

fn write(chain: &Chain, mined: &Mined) -> Value {
    let transactions: Vec<String> = mined.transactions.iter().map(|raw| HEXLOWER.encode(raw)).collect();
    let head = chain.head();
    let mut detail = json!({
        "number": head.number,
        "hash": head.hash.to_string(),
        "time_s": mined.time_s,
        "transactions": transactions,
    });
    if !mined.dropped.is_empty() {
        detail["dropped"] = mined.dropped.iter().map(ToString::to_string).collect();
    }
    detail
}

fn read(detail: &Value) -> Option<Mined> {
    let transactions = detail["transactions"].as_array()?.iter().map(from_hex).collect::<Option<_>>()?;
    let dropped = detail["dropped"].as_array().into_iter().flatten();
    let dropped = dropped.map(|hash| hash.as_str()?.parse().ok()).collect::<Option<_>>()?;
    Some(Mined { time_s: detail["time_s"].as_u64()?, transactions, dropped })
}

fn from_hex(raw: &Value) -> Option<Bytes> {
    HEXLOWER.decode(raw.as_str()?.as_bytes()).ok().map(Bytes::from)
}
