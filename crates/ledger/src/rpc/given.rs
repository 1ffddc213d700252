//! Parameters, read.

use revm::primitives::hex;
use serde_json::Value;

use super::error::RpcError;
use crate::chain::{Address, B256, Block, Bytes, Chain, Request, U256};

/// The parameter at `at`; null if there is none.
pub(super) fn param(params: &[Value], at: usize) -> &Value {
    params.get(at).unwrap_or(&Value::Null)
}

pub(super) fn address(value: &Value) -> Result<Address, RpcError> {
    let bytes = bytes(value)?;
    Address::try_from(bytes.as_ref())
        .map_err(|_| RpcError::params(format!("{value} is no address: 20 bytes, as 0x…")))
}

pub(super) fn hash(value: &Value) -> Result<B256, RpcError> {
    let bytes = bytes(value)?;
    B256::try_from(bytes.as_ref())
        .map_err(|_| RpcError::params(format!("{value} is no hash: 32 bytes, as 0x…")))
}

pub(super) fn bytes(value: &Value) -> Result<Bytes, RpcError> {
    let text = value.as_str().and_then(|text| text.strip_prefix("0x"));
    let bytes = text.and_then(|text| hex::decode(text).ok());
    bytes.map(Bytes::from).ok_or_else(|| RpcError::params("bytes are given in hexadecimal, as 0x…"))
}

pub(super) fn wide(value: &Value) -> Result<U256, RpcError> {
    let digits = value.as_str().and_then(|text| text.strip_prefix("0x")).filter(|digits| !digits.is_empty());
    let number = digits.and_then(|digits| U256::from_str_radix(digits, 16).ok());
    number.ok_or_else(|| RpcError::params("numbers are given in hexadecimal, as 0x…"))
}

pub(super) fn number(value: &Value) -> Result<u64, RpcError> {
    u64::try_from(wide(value)?).map_err(|_| RpcError::params("the number is out of range"))
}

/// The value of a member, read by `read`; none if it is not there.
pub(super) fn member<T>(
    object: &Value,
    name: &str,
    read: impl FnOnce(&Value) -> Result<T, RpcError>,
) -> Result<Option<T>, RpcError> {
    match &object[name] {
        Value::Null => Ok(None),
        value => read(value).map(Some),
    }
}

/// A call as `eth_call` takes it.
pub(super) fn call(object: &Value) -> Result<Request, RpcError> {
    if !object.is_object() {
        return Err(RpcError::params("a call is an object with to, data and what else it takes"));
    }
    let input = member(object, "input", bytes)?.or(member(object, "data", bytes)?);
    Ok(Request {
        from: member(object, "from", address)?.unwrap_or_default(),
        to: member(object, "to", address)?,
        value: member(object, "value", wide)?.unwrap_or_default(),
        input: input.unwrap_or_default(),
        gas: member(object, "gas", number)?,
    })
}

/// The block of a number or tag; none if there is none yet. What waits is not a block of its own here.
pub(super) fn block<'a>(chain: &'a Chain, value: &Value) -> Result<Option<&'a Block>, RpcError> {
    match value.as_str() {
        None if value.is_null() => Ok(Some(chain.head())),
        Some("latest" | "pending" | "safe" | "finalized") => Ok(Some(chain.head())),
        Some("earliest") => Ok(chain.blocks().first()),
        _ => Ok(usize::try_from(number(value)?).ok().and_then(|number| chain.blocks().get(number))),
    }
}

/// Refuses a state of the past: only the newest is kept.
pub(super) fn newest(chain: &Chain, value: &Value) -> Result<(), RpcError> {
    let is_head = match value {
        Value::Object(_) => match member(value, "blockHash", hash)? {
            Some(hash) => hash == chain.head().hash,
            None => {
                block(chain, &value["blockNumber"])?.is_some_and(|block| block.number == chain.head().number)
            }
        },
        value => block(chain, value)?.is_some_and(|block| block.number == chain.head().number),
    };
    let what = "only the newest state is kept; ask for \"latest\", or read events for what was before";
    if is_head { Ok(()) } else { Err(RpcError::refused(what)) }
}
