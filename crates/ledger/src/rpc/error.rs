use serde_json::{Value, json};

use crate::chain::{ChainFault, Outcome};

/// An error as JSON-RPC has it.
#[derive(Debug, Clone, PartialEq)]
pub struct RpcError {
    /// -32601 no such method, -32602 wrong parameters, -32000 refused, 3 reverted (EIP-1474, go-ethereum).
    pub code: i64,
    /// What happened.
    pub message: String,
    /// Of a reverted call: what the contract said, encoded.
    pub data: Option<Value>,
}

impl RpcError {
    /// Parameters that do not fit.
    pub fn params(what: impl Into<String>) -> Self {
        Self { code: -32602, message: what.into(), data: None }
    }

    pub(super) fn refused(what: impl Into<String>) -> Self {
        Self { code: -32000, message: what.into(), data: None }
    }

    pub(super) fn no_method(method: &str) -> Self {
        let method: String = method.chars().take(80).collect();
        let message = format!("the method {method} does not exist here");
        Self { code: -32601, message, data: None }
    }

    /// What became of a call that was not carried out.
    pub(super) fn stopped(outcome: &Outcome) -> Self {
        match &outcome.halted {
            Some(why) => Self::refused(format!("the call was stopped: {why}")),
            None => Self {
                code: 3,
                message: match reason(&outcome.output) {
                    Some(reason) => format!("execution reverted: {reason}"),
                    None => "execution reverted".to_owned(),
                },
                data: Some(json!(outcome.output)),
            },
        }
    }
}

impl From<ChainFault> for RpcError {
    fn from(fault: ChainFault) -> Self {
        Self::refused(fault.to_string())
    }
}

/// The text of `Error(string)`, which `require` and `revert` give as their reason.
fn reason(output: &[u8]) -> Option<String> {
    let rest = output.strip_prefix(&[0x08, 0xc3, 0x79, 0xa0])?;
    let length = usize::try_from(u64::from_be_bytes(*rest.get(56..64)?.first_chunk()?)).ok()?;
    let text = rest.get(64..)?.get(..length)?;
    Some(String::from_utf8_lossy(text).into_owned())
}
