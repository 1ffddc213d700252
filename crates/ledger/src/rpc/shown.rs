//! Blocks, transactions and receipts as JSON.

use revm::primitives::alloy_primitives::Bloom;
use serde_json::{Value, json};

use crate::chain::{
    Address, B256, BASE_FEE_WEI, BLOCK_GAS_MAX, Block, Bytes, CHAIN_ID, Chain, Included, LogEntry, Signed,
    U256,
};

/// The hash of an empty list of uncles, which every block since the merge has.
const NO_UNCLES: &str = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";

pub(super) fn quantity(number: impl Into<u128>) -> Value {
    json!(format!("{:#x}", number.into()))
}

pub(super) fn wide(number: U256) -> Value {
    json!(format!("{number:#x}"))
}

pub(super) fn block(chain: &Chain, block: &Block, whole: bool) -> Value {
    let transactions: Vec<Value> = if whole {
        block
            .transactions
            .iter()
            .filter_map(|hash| chain.included(hash))
            .map(|tx| included(chain, tx))
            .collect()
    } else {
        block.transactions.iter().map(|hash| json!(hash)).collect()
    };
    json!({
        "number": quantity(block.number),
        "hash": block.hash,
        "parentHash": block.parent,
        "timestamp": quantity(block.time_s),
        "transactions": transactions,
        "gasUsed": quantity(block.gas_used),
        "gasLimit": quantity(BLOCK_GAS_MAX),
        "baseFeePerGas": quantity(BASE_FEE_WEI),
        "logsBloom": block.bloom,
        "stateRoot": block.results,
        "transactionsRoot": block.results,
        "receiptsRoot": block.results,
        "size": quantity(block.size_bytes),
        "miner": Address::ZERO,
        "difficulty": "0x0",
        "totalDifficulty": "0x0",
        "extraData": "0x",
        "mixHash": B256::ZERO,
        "nonce": "0x0000000000000000",
        "sha3Uncles": NO_UNCLES,
        "uncles": [],
    })
}

pub(super) fn included(chain: &Chain, tx: &Included) -> Value {
    let mut shown = waiting(&tx.signed);
    shown["blockHash"] = json!(hash_of(chain, tx.block));
    shown["blockNumber"] = quantity(tx.block);
    shown["transactionIndex"] = quantity(tx.index);
    shown["gasPrice"] = quantity(price(tx));
    shown
}

/// A transaction without the place that it does not have yet.
pub(super) fn waiting(signed: &Signed) -> Value {
    let (fields, (v, r, s)) = (&signed.fields, signed.signature);
    let mut shown = json!({
        "hash": signed.hash,
        "type": quantity(fields.kind),
        "chainId": quantity(CHAIN_ID),
        "from": signed.from,
        "to": fields.to,
        "nonce": quantity(fields.nonce),
        "gas": quantity(fields.gas),
        "gasPrice": quantity(fields.max_fee_wei),
        "value": wide(fields.value),
        "input": fields.input,
        "v": quantity(v),
        "r": wide(r),
        "s": wide(s),
        "blockHash": null,
        "blockNumber": null,
        "transactionIndex": null,
    });
    if fields.kind > 0 {
        let keys = |entry: &revm::context::transaction::AccessListItem| json!({"address": entry.address, "storageKeys": entry.storage_keys});
        shown["accessList"] = fields.access_list.0.iter().map(keys).collect();
        shown["yParity"] = quantity(v);
    }
    if fields.kind == 2 {
        shown["maxFeePerGas"] = quantity(fields.max_fee_wei);
        shown["maxPriorityFeePerGas"] = quantity(fields.tip_wei);
    }
    shown
}

pub(super) fn receipt(chain: &Chain, tx: &Included) -> Value {
    let mut bloom = Bloom::ZERO;
    for log in &tx.logs {
        bloom.accrue_raw_log(log.address, &log.topics);
    }
    json!({
        "transactionHash": tx.signed.hash,
        "transactionIndex": quantity(tx.index),
        "blockHash": hash_of(chain, tx.block),
        "blockNumber": quantity(tx.block),
        "type": quantity(tx.signed.fields.kind),
        "from": tx.signed.from,
        "to": tx.signed.fields.to,
        "contractAddress": tx.created,
        "status": quantity(u8::from(tx.success)),
        "gasUsed": quantity(tx.gas_used),
        "cumulativeGasUsed": quantity(tx.gas_used_so_far),
        "effectiveGasPrice": quantity(price(tx)),
        "logs": tx.logs.iter().map(|entry| log(chain, entry)).collect::<Vec<_>>(),
        "logsBloom": bloom,
    })
}

pub(super) fn log(chain: &Chain, log: &LogEntry) -> Value {
    json!({
        "address": log.address,
        "topics": log.topics,
        "data": Bytes::clone(&log.data),
        "blockNumber": quantity(log.block),
        "blockHash": hash_of(chain, log.block),
        "transactionHash": log.transaction,
        "transactionIndex": quantity(log.transaction_index),
        "logIndex": quantity(log.index),
        "removed": false,
    })
}

/// What a unit of gas cost, in wei.
fn price(tx: &Included) -> u128 {
    u128::from(BASE_FEE_WEI) + tx.signed.tip_wei(BASE_FEE_WEI)
}

fn hash_of(chain: &Chain, block: u64) -> Option<B256> {
    chain.blocks().get(usize::try_from(block).ok()?).map(|block| block.hash)
}
