use serde_json::{Value, json};

use super::error::RpcError;
use super::filters::{Filters, What};
use super::given::{address, block, bytes, call, hash, newest, number, param, wide};
use super::logs::Wanted;
use super::{blocks, contracts, send, shown, trace};
use crate::chain::{B256, BASE_FEE_WEI, CHAIN_ID, Chain, TestKey, keccak256};

/// A request.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What is asked for, such as `eth_call`.
    pub method: &'a str,
    /// With what.
    pub params: &'a [Value],
    /// The hospital's own time, in seconds since 1970 UTC.
    pub time_s: u64,
}

/// Whether a method puts a transaction into the pool.
pub fn sends(method: &str) -> bool {
    method.starts_with("eth_send") || ["practicum_deploy", "practicum_send"].contains(&method)
}

/// Answers one request.
///
/// # Errors
/// Why it was refused; then nothing has changed.
pub fn answer(chain: &mut Chain, filters: &mut Filters, asked: Asked<'_>) -> Result<Value, RpcError> {
    let Asked { method, params, time_s } = asked;
    let at = |index| param(params, index);
    let state = |account: usize, tag: usize| {
        newest(chain, at(tag))?;
        address(at(account))
    };
    Ok(match method {
        "web3_clientVersion" => json!(concat!("Practicum/", env!("CARGO_PKG_VERSION"), "/revm")),
        "web3_sha3" => json!(keccak256(bytes(at(0))?)),
        "net_version" => json!(CHAIN_ID.to_string()),
        "net_listening" => json!(true),
        "eth_chainId" => shown::quantity(CHAIN_ID),
        "eth_syncing" => json!(false),
        "eth_blockNumber" => shown::quantity(chain.head().number),
        "eth_accounts" => TestKey::all().iter().map(|key| json!(key.address())).collect(),
        "eth_gasPrice" => shown::quantity(BASE_FEE_WEI),
        "eth_maxPriorityFeePerGas" => shown::quantity(0_u8),
        "eth_feeHistory" => blocks::fee_history(chain, params)?,
        "eth_getBalance" => shown::wide(chain.balance(state(0, 1)?)),
        "eth_getCode" => json!(chain.code(state(0, 1)?)),
        "eth_getStorageAt" => json!(B256::from(chain.storage(state(0, 2)?, wide(at(1))?))),
        "eth_getTransactionCount" if at(1) == "pending" => {
            shown::quantity(chain.pending_nonce(address(at(0))?))
        }
        "eth_getTransactionCount" => shown::quantity(chain.nonce(state(0, 1)?)),
        "eth_call" => {
            newest(chain, at(1))?;
            let outcome = chain.call(&call(at(0))?, time_s)?;
            if !outcome.success {
                return Err(RpcError::stopped(&outcome));
            }
            json!(outcome.output)
        }
        "eth_estimateGas" => {
            let gas =
                chain.estimate(&call(at(0))?, time_s)?.map_err(|outcome| RpcError::stopped(&outcome))?;
            shown::quantity(gas)
        }
        "eth_sendTransaction" => send::transaction(chain, at(0), time_s)?,
        "eth_sendRawTransaction" => send::raw(chain, at(0))?,
        "eth_getTransactionByHash" => {
            let hash = hash(at(0))?;
            let waits = chain.pool().iter().find(|tx| tx.hash == hash).map(shown::waiting);
            let included = chain.included(&hash).map(|tx| shown::included(chain, tx));
            included.or(waits).unwrap_or_default()
        }
        "eth_getTransactionReceipt" => {
            chain.included(&hash(at(0))?).map(|tx| shown::receipt(chain, tx)).unwrap_or_default()
        }
        "eth_getBlockByNumber" => {
            block(chain, at(0))?.map(|found| shown::block(chain, found, at(1) == true)).unwrap_or_default()
        }
        "eth_getBlockByHash" => {
            let hash = hash(at(0))?;
            let found = chain.blocks().iter().find(|block| block.hash == hash);
            found.map(|found| shown::block(chain, found, at(1) == true)).unwrap_or_default()
        }
        "eth_getBlockTransactionCountByNumber" => block(chain, at(0))?
            .map(|found| shown::quantity(found.transactions.len() as u64))
            .unwrap_or_default(),
        "eth_getLogs" => {
            let wanted = Wanted::read(chain, at(0))?;
            wanted.find(chain, 0)?.into_iter().map(|log| shown::log(chain, log)).collect()
        }
        "eth_newFilter" => filters.add(chain, What::Logs(Wanted::read(chain, at(0))?)),
        "eth_newBlockFilter" => filters.add(chain, What::Blocks),
        "eth_newPendingTransactionFilter" => filters.add(chain, What::Pending),
        "eth_getFilterChanges" => filters.changes(chain, number(at(0))?)?,
        "eth_getFilterLogs" => filters.all(chain, number(at(0))?)?,
        "eth_uninstallFilter" => json!(filters.remove(number(at(0))?)),
        "eth_pendingTransactions" => chain.pool().iter().map(shown::waiting).collect(),
        "debug_traceCall" => trace::call_tree(chain, params, time_s)?,
        "practicum_deploy" => contracts::deploy(chain, at(0), time_s)?,
        "practicum_send" => contracts::call(chain, at(0), time_s)?,
        "practicum_ask" => contracts::ask(chain, at(0), time_s)?,
        _ => return Err(RpcError::no_method(method)),
    })
}
