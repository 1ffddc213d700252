use std::sync::PoisonError;

use ledger::abi::Signature;
use ledger::chain::{Address, B256, Chain, Request};
use store::StoreError;

use crate::access::Access;
use crate::platform::Platform;

/// What a consent contract is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) contract: &'a str,
    pub(crate) patient: &'a str,
    pub(crate) reader: &'a str,
    pub(crate) scope: u32,
}

/// What it answered, and in which state.
#[derive(Debug)]
pub(crate) struct Answered {
    /// None if it gave no answer that fits.
    pub(crate) allowed: Option<bool>,
    pub(crate) block: u64,
    pub(crate) block_hash: String,
    /// The newest event of the contract that names both: its transaction, block and topic.
    pub(crate) event: Option<(String, u64, String)>,
}

/// Asks a consent contract in the state of the newest block, at the hospital's own time.
pub(crate) fn allowed(
    platform: &Platform,
    access: &Access,
    asked: Asked<'_>,
) -> Result<Answered, StoreError> {
    let open = platform.chains.of(access.sandbox())?;
    let open = open.lock().unwrap_or_else(PoisonError::into_inner);
    let (chain, head) = (&open.chain, open.chain.head());
    let now_s = u64::try_from(access.virtual_us() / 1_000_000).unwrap_or_default();
    Ok(Answered {
        allowed: answer(chain, asked, now_s),
        block: head.number,
        block_hash: head.hash.to_string(),
        event: newest_event(chain, asked),
    })
}

fn answer(chain: &Chain, asked: Asked<'_>, now_s: u64) -> Option<bool> {
    let signature = Signature::parse("allowed(address,address,uint32)(bool)").ok()?;
    let with = [asked.patient.to_owned(), asked.reader.to_owned(), asked.scope.to_string()];
    let (to, input) = (asked.contract.parse().ok(), signature.input(&with).ok()?);
    let outcome = chain.call(&Request { to, input, ..Request::default() }, now_s).ok()?;
    let values = signature.returned(&outcome.output).ok().filter(|_| outcome.success && to.is_some())?;
    values.first()?.parse().ok()
}

fn newest_event(chain: &Chain, asked: Asked<'_>) -> Option<(String, u64, String)> {
    let word = |text: &str| Some(B256::left_padding_from(text.parse::<Address>().ok()?.as_slice()));
    let (contract, patient, reader) =
        (asked.contract.parse::<Address>().ok()?, word(asked.patient)?, word(asked.reader)?);
    let newest_first = chain.blocks().iter().rev().flat_map(|block| block.transactions.iter().rev());
    let mut logs = newest_first.filter_map(|hash| chain.included(hash)).flat_map(|tx| tx.logs.iter().rev());
    let log = logs.find(|log| {
        log.address == contract && log.topics.contains(&patient) && log.topics.contains(&reader)
    })?;
    Some((log.transaction.to_string(), log.block, log.topics.first()?.to_string()))
}
