use serde_json::Value;

use super::error::RpcError;
use super::given::{address, block, hash, member};
use crate::chain::{Address, B256, Chain, LogEntry};

/// Logs of an answer at most.
const LOGS_MAX: usize = 10_000;

/// Which logs are asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    addresses: Vec<Address>,
    /// For each place the topics that may stand there; any, if there are none.
    topics: Vec<Vec<B256>>,
    first: u64,
    last: Option<u64>,
}

impl Wanted {
    /// Reads what `eth_getLogs` takes.
    pub(super) fn read(chain: &Chain, given: &Value) -> Result<Self, RpcError> {
        let at = |name: &str, missing: u64| match &given[name] {
            Value::Null => Ok(missing),
            value => Ok::<_, RpcError>(block(chain, value)?.map_or(u64::MAX, |block| block.number)),
        };
        let head = chain.head().number;
        let (mut first, mut last) = (at("fromBlock", head)?, Some(at("toBlock", u64::MAX)?));
        if matches!(given["toBlock"].as_str(), None | Some("latest" | "pending")) {
            last = None;
        }
        if let Some(wanted) = member(given, "blockHash", hash)? {
            let found = chain.blocks().iter().find(|block| block.hash == wanted);
            let found = found.ok_or_else(|| RpcError::refused("unknown block"))?;
            (first, last) = (found.number, Some(found.number));
        }
        let addresses = member(given, "address", |value| one_or_many(value, address))?.unwrap_or_default();
        let places = given["topics"].as_array().map(Vec::as_slice).unwrap_or_default();
        let topics = places.iter().map(|place| match place {
            Value::Null => Ok(Vec::new()),
            place => one_or_many(place, hash),
        });
        Ok(Self { addresses, topics: topics.collect::<Result<_, _>>()?, first, last })
    }

    /// The logs of blocks from `from` on that fit.
    pub(super) fn find<'a>(&self, chain: &'a Chain, from: u64) -> Result<Vec<&'a LogEntry>, RpcError> {
        let first = usize::try_from(self.first.max(from)).unwrap_or(usize::MAX);
        let blocks = chain.blocks().get(first..).unwrap_or_default().iter();
        let blocks = blocks.take_while(|block| self.last.is_none_or(|last| block.number <= last));
        let included = blocks.flat_map(|block| &block.transactions).filter_map(|hash| chain.included(hash));
        let fitting = included.flat_map(|tx| &tx.logs).filter(|log| self.fits(log));
        let found: Vec<_> = fitting.take(LOGS_MAX + 1).collect();
        let what = "more than 10,000 logs fit; ask for fewer blocks";
        if found.len() > LOGS_MAX { Err(RpcError::refused(what)) } else { Ok(found) }
    }

    fn fits(&self, log: &LogEntry) -> bool {
        let topic = |(at, any): (usize, &Vec<B256>)| {
            log.topics.get(at).is_some_and(|topic| any.is_empty() || any.contains(topic))
        };
        (self.addresses.is_empty() || self.addresses.contains(&log.address))
            && self.topics.iter().enumerate().all(topic)
    }
}

fn one_or_many<T>(value: &Value, read: impl Fn(&Value) -> Result<T, RpcError>) -> Result<Vec<T>, RpcError> {
    match value.as_array() {
        Some(values) => values.iter().map(read).collect(),
        None => Ok(vec![read(value)?]),
    }
}
