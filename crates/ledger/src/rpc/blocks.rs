use serde_json::{Value, json};

use super::error::RpcError;
use super::given::{block, number};
use super::shown;
use crate::chain::{BASE_FEE_WEI, BLOCK_GAS_MAX, Chain};

/// Blocks of a history of fees at most, as in go-ethereum.
const HISTORY_MAX: u64 = 1024;

/// What blocks cost: the base fee does not move, so only how full they were differs.
pub(super) fn fee_history(chain: &Chain, params: &[Value]) -> Result<Value, RpcError> {
    let count = number(super::given::param(params, 0))?.min(HISTORY_MAX);
    let newest =
        block(chain, super::given::param(params, 1))?.ok_or_else(|| RpcError::refused("unknown block"))?;
    let oldest = (newest.number + 1).saturating_sub(count);
    let blocks = chain.blocks().iter().filter(|block| (oldest..=newest.number).contains(&block.number));
    let full: Vec<f64> = blocks.map(|block| block.gas_used as f64 / BLOCK_GAS_MAX as f64).collect();
    let mut history = json!({
        "oldestBlock": shown::quantity(oldest),
        "baseFeePerGas": vec![shown::quantity(BASE_FEE_WEI); full.len() + 1],
        "gasUsedRatio": full,
    });
    if let Some(shares) = params.get(2).and_then(Value::as_array).filter(|shares| shares.len() <= 100) {
        let tips = vec![shown::quantity(0_u8); shares.len()];
        history["reward"] = json!(vec![tips; full.len()]);
    }
    Ok(history)
}
