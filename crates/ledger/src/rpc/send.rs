use serde_json::{Value, json};

use super::error::RpcError;
use super::given::{address, bytes, call, member, number, wide};
use crate::chain::{BASE_FEE_WEI, Chain, Fields, TestKey};

/// Signs and sends a transaction of one of the test accounts.
pub(super) fn transaction(chain: &mut Chain, given: &Value, time_s: u64) -> Result<Value, RpcError> {
    let asked = call(given)?;
    let key = TestKey::all().iter().find(|key| key.address() == asked.from).ok_or_else(|| {
        RpcError::refused(format!(
            "unknown account {}: only test accounts are unlocked; sign it yourself and send it raw",
            asked.from
        ))
    })?;
    let fee = |name| {
        member(given, name, wide)?
            .map(|fee| u128::try_from(fee).map_err(|_| RpcError::params("the fee is out of range")))
            .transpose()
    };
    let flat = fee("gasPrice")?;
    let max_fee_wei = flat.or(fee("maxFeePerGas")?).unwrap_or(2 * u128::from(BASE_FEE_WEI));
    let tip_wei = flat.or(fee("maxPriorityFeePerGas")?).unwrap_or_default();
    let gas = match asked.gas {
        Some(gas) => gas,
        None => chain.estimate(&asked, time_s)?.map_err(|outcome| RpcError::stopped(&outcome))?,
    };
    let nonce = member(given, "nonce", number)?.unwrap_or_else(|| chain.pending_nonce(asked.from));
    let (to, value, input) = (member(given, "to", address)?, asked.value, asked.input);
    let kind = if flat.is_some() { 0 } else { 2 };
    let fields =
        Fields { kind, nonce, max_fee_wei, tip_wei, gas, to, value, input, access_list: Default::default() };
    Ok(json!(chain.submit(&fields.sign(key))?))
}

/// Sends a transaction that somebody else signed.
pub(super) fn raw(chain: &mut Chain, given: &Value) -> Result<Value, RpcError> {
    Ok(json!(chain.submit(&bytes(given)?)?))
}
