//! Contracts in words, for whoever has no library at hand: calls are written as signatures with texts for arguments.

use serde_json::{Value, json};

use super::error::RpcError;
use super::given::{address, bytes};
use super::send;
use crate::abi::{AbiFault, Interface, Signature};
use crate::chain::{Address, Bytes, Chain, Request};
use crate::trial;

/// `practicum_deploy [{from, built, with}]`: makes a contract of what a compiler built, `{abi, bytecode}`.
pub(super) fn deploy(chain: &mut Chain, given: &Value, time_s: u64) -> Result<Value, RpcError> {
    let from = account(&given["from"])?;
    let interface = Interface::parse(&given["built"]["abi"])?;
    let code = bytes(&given["built"]["bytecode"])?;
    if code.is_empty() {
        return Err(RpcError::params(
            "there is no code: an interface or an abstract contract cannot be deployed",
        ));
    }
    let code = interface.construct(&code, &texts(&given["with"], time_s)?)?;
    let address = from.create(chain.pending_nonce(from));
    let hash = send::transaction(chain, &json!({"from": from, "input": code, "gas": given["gas"]}), time_s)?;
    Ok(json!({"transaction": hash, "address": address}))
}

/// `practicum_send [{from, to, call, with}]`: calls a contract for good.
pub(super) fn call(chain: &mut Chain, given: &Value, time_s: u64) -> Result<Value, RpcError> {
    let (_, Request { from, to, input, .. }) = asked(given, time_s)?;
    let sent = json!({"from": from, "to": to, "input": input, "gas": given["gas"]});
    Ok(json!({"transaction": send::transaction(chain, &sent, time_s)?}))
}

/// `practicum_ask [{from, to, call, with}]`: what a contract answers, as texts.
pub(super) fn ask(chain: &Chain, given: &Value, time_s: u64) -> Result<Value, RpcError> {
    let (signature, asked) = asked(given, time_s)?;
    let outcome = chain.call(&asked, time_s)?;
    if !outcome.success {
        return Err(RpcError::stopped(&outcome));
    }
    Ok(json!(signature.returned(&outcome.output)?))
}

fn asked(given: &Value, time_s: u64) -> Result<(Signature, Request), RpcError> {
    let call = given["call"].as_str().ok_or_else(|| RpcError::params("`call` is a signature"))?;
    let signature = Signature::parse(call)?;
    let input: Bytes = signature.input(&texts(&given["with"], time_s)?)?;
    let from = if given["from"].is_null() { Address::ZERO } else { account(&given["from"])? };
    Ok((signature, Request { from, to: Some(account(&given["to"])?), input, ..Request::default() }))
}

/// An address, or the number of a test account.
fn account(given: &Value) -> Result<Address, RpcError> {
    let number = given.as_u64().or_else(|| given.as_str()?.strip_prefix('@')?.parse().ok());
    match number {
        Some(number) => u32::try_from(number).ok().and_then(trial::account).ok_or_else(|| {
            RpcError::params(format!("there is no test account {number}; GET …/eth lists them"))
        }),
        None => address(given),
    }
}

fn texts(given: &Value, now_s: u64) -> Result<Vec<String>, RpcError> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(trial::argument(text, now_s)),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    let fault = || RpcError::params("`with` is a list of texts, numbers and truths");
    match given {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => items.iter().map(text).collect::<Option<_>>().ok_or_else(fault),
        _ => Err(fault()),
    }
}

impl From<AbiFault> for RpcError {
    fn from(fault: AbiFault) -> Self {
        Self::params(fault.to_string())
    }
}
