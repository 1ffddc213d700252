use serde_json::{Value, json};

use super::error::RpcError;
use super::given::{call, newest, param};
use super::shown;
use crate::chain::{Call, Chain};

/// `debug_traceCall [call, block, {tracer: "callTracer"}]`: a call with all the calls that it sets off, one within the other, as
/// go-ethereum shows them (JSON-RPC API, built-in tracers, read November 2026).
pub(super) fn call_tree(chain: &Chain, params: &[Value], time_s: u64) -> Result<Value, RpcError> {
    newest(chain, param(params, 1))?;
    if param(params, 2)["tracer"] != "callTracer" {
        return Err(RpcError::params("the one tracer here is {\"tracer\": \"callTracer\"}"));
    }
    let (_, calls) = chain.trace(&call(param(params, 0))?, time_s)?;
    Ok(nested(&calls).pop().unwrap_or_default())
}

fn nested(calls: &[Call]) -> Vec<Value> {
    let (mut shown, mut rest) = (Vec::new(), calls);
    while let Some((first, after)) = rest.split_first() {
        let within = after.iter().take_while(|call| call.depth > first.depth).count();
        let (within, later) = after.split_at(within);
        let mut one = json!({
            "type": first.kind,
            "from": first.from,
            "to": first.to,
            "value": shown::wide(first.value),
            "gas": shown::quantity(first.gas),
            "gasUsed": shown::quantity(first.gas_used),
            "input": first.input,
            "output": first.output,
        });
        if let Some(failed) = &first.failed {
            one["error"] = json!(failed);
        }
        if !within.is_empty() {
            one["calls"] = Value::Array(nested(within));
        }
        shown.push(one);
        rest = later;
    }
    shown
}
