use std::sync::PoisonError;

use ledger::abi::Interface;
use ledger::chain::{Address, TestKey};
use ledger::rpc::{Asked, RpcError, answer, sends};
use ledger::shipped;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use store::StoreError;
use training::script::Reply;

use super::open::OpenChain;
use crate::access::Access;
use crate::platform::Platform;

/// Requests of a batch at most.
const BATCH_MAX: usize = 100;

/// An account with money that is worth nothing, for everybody.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Account {
    /// Its address.
    pub address: String,
    /// Its secret key, for a wallet.
    pub key: String,
}

/// The accounts that every chain begins with.
pub fn accounts() -> Vec<Account> {
    let account =
        |key: &TestKey| Account { address: key.address().to_string(), key: key.secret().to_string() };
    TestKey::all().iter().map(account).collect()
}

/// Answers a JSON-RPC request, or several at once. What does not fit is answered too, as JSON-RPC has it.
///
/// # Errors
/// When the journal cannot be read or written.
pub fn serve(platform: &Platform, access: &Access, body: &[u8]) -> Result<Value, StoreError> {
    let Ok(asked) = serde_json::from_slice::<Value>(body) else {
        return Ok(failed(&Value::Null, -32700, "the body is not JSON"));
    };
    let open = platform.chains.of(access.sandbox())?;
    let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
    let mut one = |asked: &Value| {
        let answered = open.answer(access, asked);
        answered.inspect_err(|_| platform.chains.forget(access.sandbox()))
    };
    match &asked {
        Value::Array(batch) if batch.is_empty() || batch.len() > BATCH_MAX => {
            Ok(failed(&Value::Null, -32600, "a batch has 1 to 100 requests"))
        }
        Value::Array(batch) => batch.iter().map(one).collect(),
        request => one(request),
    }
}

impl OpenChain {
    fn answer(&mut self, access: &Access, asked: &Value) -> Result<Value, StoreError> {
        let id = &asked["id"];
        let Some(method) = asked["method"].as_str() else {
            return Ok(failed(id, -32600, "a request is an object with jsonrpc, id, method and params"));
        };
        let params = match &asked["params"] {
            Value::Null => &[],
            Value::Array(params) => params.as_slice(),
            _ => return Ok(failed(id, -32602, "params is a list")),
        };
        Ok(match self.carry_out(access, method, params)? {
            Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            Err(RpcError { code, message, data }) => {
                let mut failed = failed(id, code, &message);
                if let Some(data) = data {
                    failed["error"]["data"] = data;
                }
                failed
            }
        })
    }

    fn carry_out(
        &mut self,
        access: &Access,
        method: &str,
        params: &[Value],
    ) -> Result<Result<Value, RpcError>, StoreError> {
        match method {
            "evm_setAutomine" => self.set_pace(access, params.first() != Some(&Value::Bool(false)))?,
            "evm_mine" => self.mine(access)?,
            "practicum_begin" => self.begin_another(access)?,
            "practicum_interface" => {
                let address = params.first().and_then(|address| address.as_str()?.parse::<Address>().ok());
                let abi = params.get(1).unwrap_or(&Value::Null);
                match (address, Interface::parse(abi)) {
                    (Some(address), Ok(interface)) => self.explain(access, address, interface, abi)?,
                    (None, _) => {
                        return Ok(Err(RpcError::params("the first parameter is the contract's address")));
                    }
                    (_, Err(fault)) => return Ok(Err(fault.into())),
                }
            }
            "practicum_deploy" => return self.deploy(access, params),
            _ => {
                let time_s = u64::try_from(access.virtual_us() / 1_000_000).unwrap_or_default();
                let answered = answer(&mut self.chain, &mut self.filters, Asked { method, params, time_s });
                if answered.is_ok() && sends(method) {
                    self.settle(access)?;
                }
                return Ok(answered);
            }
        }
        Ok(Ok(Value::Bool(true)))
    }

    /// Makes a contract of what a compiler built, or of one that ships, named; and keeps what its calls mean.
    fn deploy(&mut self, access: &Access, params: &[Value]) -> Result<Result<Value, RpcError>, StoreError> {
        let mut given = params.first().cloned().unwrap_or_default();
        if let Some(built) = given["built"].as_str().and_then(shipped::built) {
            given["built"] = built;
        }
        let time_s = u64::try_from(access.virtual_us() / 1_000_000).unwrap_or_default();
        let (method, params) = ("practicum_deploy", std::slice::from_ref(&given));
        let made = match answer(&mut self.chain, &mut self.filters, Asked { method, params, time_s }) {
            Ok(made) => made,
            refused => return Ok(refused),
        };
        self.settle(access)?;
        let abi = &given["built"]["abi"];
        let address = made["address"].as_str().and_then(|address| address.parse().ok());
        if let (Some(address), Ok(interface)) = (address, Interface::parse(abi)) {
            self.explain(access, address, interface, abi)?;
        }
        Ok(Ok(made))
    }
}

/// The source of a contract that ships.
pub fn source(name: &str) -> Option<&'static str> {
    shipped::CONTRACTS.into_iter().find(|(shipped, ..)| *shipped == name).map(|(.., source)| source)
}

/// Leaves the chain behind, with everything on it, and begins another.
///
/// # Errors
/// When the journal cannot be read or written.
pub fn begin_another(platform: &Platform, access: &Access) -> Result<(), StoreError> {
    request(platform, access, "practicum_begin", &[]).map(drop)
}

/// Keeps what the calls and events of a contract mean. What is no interface, or of no address, is refused in words.
///
/// # Errors
/// When the journal cannot be read or written.
pub fn explain(
    platform: &Platform,
    access: &Access,
    address: &str,
    abi: &Value,
) -> Result<Result<(), String>, StoreError> {
    let reply = request(platform, access, "practicum_interface", &[json!(address), abi.clone()])?;
    let why = reply.body["message"].as_str().unwrap_or_default().to_owned();
    Ok(if reply.status == 200 { Ok(()) } else { Err(why) })
}

/// A request of a lab's script, as the body of a reply.
///
/// # Errors
/// When the journal cannot be read or written.
pub(crate) fn request(
    platform: &Platform,
    access: &Access,
    method: &str,
    params: &[Value],
) -> Result<Reply, StoreError> {
    let asked = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let mut answered = serve(platform, access, asked.to_string().as_bytes())?;
    Ok(match answered.get_mut("result") {
        Some(result) => Reply { status: 200, body: result.take(), ..Reply::default() },
        None => Reply { status: 422, body: answered["error"].take(), ..Reply::default() },
    })
}

fn failed(id: &Value, code: i64, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}
