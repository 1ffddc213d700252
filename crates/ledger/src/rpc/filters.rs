use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::error::RpcError;
use super::logs::Wanted;
use super::shown;
use crate::chain::{B256, Chain};

/// Filters at most; the oldest goes first.
const FILTERS_MAX: usize = 100;

/// What somebody asks again and again: only what is new is answered.
#[derive(Debug, Default)]
pub struct Filters {
    next: u64,
    kept: BTreeMap<u64, Filter>,
}

#[derive(Debug)]
struct Filter {
    what: What,
    /// The first block not told of yet.
    from: u64,
    /// Waiting transactions told of already.
    told: Vec<B256>,
}

#[derive(Debug, Clone)]
pub(super) enum What {
    Logs(Wanted),
    Blocks,
    Pending,
}

impl Filters {
    /// Keeps a filter, and returns its name.
    pub(super) fn add(&mut self, chain: &Chain, what: What) -> Value {
        if self.kept.len() >= FILTERS_MAX {
            self.kept.pop_first();
        }
        self.next += 1;
        let told = chain.pool().iter().map(|tx| tx.hash).collect();
        let from = chain.head().number + 1;
        self.kept.insert(self.next, Filter { what, from, told });
        shown::quantity(self.next)
    }

    /// What is new since the last time.
    pub(super) fn changes(&mut self, chain: &Chain, name: u64) -> Result<Value, RpcError> {
        let filter = self.kept.get_mut(&name).ok_or_else(unknown)?;
        let from = std::mem::replace(&mut filter.from, chain.head().number + 1);
        match &filter.what {
            What::Logs(wanted) => {
                let logs = wanted.find(chain, from)?;
                Ok(logs.into_iter().map(|log| shown::log(chain, log)).collect())
            }
            What::Blocks => {
                let first = usize::try_from(from).unwrap_or(usize::MAX);
                Ok(chain
                    .blocks()
                    .get(first..)
                    .unwrap_or_default()
                    .iter()
                    .map(|block| json!(block.hash))
                    .collect())
            }
            What::Pending => {
                let now: Vec<B256> = chain.pool().iter().map(|tx| tx.hash).collect();
                let told = std::mem::replace(&mut filter.told, now.clone());
                Ok(now.iter().filter(|hash| !told.contains(hash)).map(|hash| json!(hash)).collect())
            }
        }
    }

    /// All that a filter of logs finds.
    pub(super) fn all(&self, chain: &Chain, name: u64) -> Result<Value, RpcError> {
        match self.kept.get(&name).map(|filter| &filter.what) {
            Some(What::Logs(wanted)) => {
                Ok(wanted.find(chain, 0)?.into_iter().map(|log| shown::log(chain, log)).collect())
            }
            _ => Err(unknown()),
        }
    }

    /// Forgets a filter, and returns whether there was one.
    pub(super) fn remove(&mut self, name: u64) -> bool {
        self.kept.remove(&name).is_some()
    }
}

fn unknown() -> RpcError {
    RpcError::refused("filter not found: filters end with a restart, a reset or their removal; make it anew")
}
