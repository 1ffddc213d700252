use serde_json::{Value, json};

use super::*;
use crate::chain::{Chain, TestKey};

fn ask(chain: &mut Chain, method: &str, params: &Value) -> Result<Value, RpcError> {
    let params = params.as_array().unwrap();
    answer(chain, &mut Filters::default(), Asked { method, params, time_s: 1_900_000_100 })
}

#[test]
fn money_moves_and_the_receipt_says_so() {
    let mut chain = Chain::begin(1_900_000_000);
    let [from, to] = [0, 1].map(|number| TestKey::all()[number].address());
    let sent = json!([{"from": from, "to": to, "value": "0x10"}]);
    let hash = ask(&mut chain, "eth_sendTransaction", &sent).unwrap();
    assert_eq!(ask(&mut chain, "eth_getTransactionReceipt", &json!([hash])).unwrap(), Value::Null);
    let waiting = ask(&mut chain, "eth_getTransactionByHash", &json!([hash])).unwrap();
    assert_eq!((&waiting["blockHash"], &waiting["value"]), (&Value::Null, &json!("0x10")));
    assert_eq!(ask(&mut chain, "eth_getTransactionCount", &json!([from, "pending"])).unwrap(), "0x1");
    chain.mine(1_900_000_100);
    let receipt = ask(&mut chain, "eth_getTransactionReceipt", &json!([hash])).unwrap();
    assert_eq!((&receipt["status"], &receipt["gasUsed"]), (&json!("0x1"), &json!("0x5208")));
    let block = ask(&mut chain, "eth_getBlockByNumber", &json!(["latest", true])).unwrap();
    assert_eq!(block["transactions"][0]["hash"], hash);
    assert_eq!(block["timestamp"], "0x713fb364");
}

#[test]
fn what_does_not_fit_is_refused_with_a_code() {
    let cases = [
        ("eth_nothing", json!([]), -32601),
        ("eth_getBalance", json!([]), -32602),
        ("eth_getBalance", json!(["0x12"]), -32602),
        ("eth_getBalance", json!(["0x0000000000000000000000000000000000000000", "0x5"]), -32000),
        ("eth_call", json!(["0x"]), -32602),
        ("eth_sendRawTransaction", json!(["0xzz"]), -32602),
        ("eth_sendRawTransaction", json!(["0xc0"]), -32000),
        ("eth_sendTransaction", json!([{"from": "0x0000000000000000000000000000000000000001"}]), -32000),
        ("eth_getFilterChanges", json!(["0x7"]), -32000),
        ("eth_getLogs", json!([{"topics": [7]}]), -32602),
        ("eth_feeHistory", json!(["-1", "latest", []]), -32602),
        ("debug_traceCall", json!([{}, "latest", {"tracer": "prestateTracer"}]), -32602),
    ];
    for (method, params, code) in cases {
        let refused = ask(&mut Chain::begin(0), method, &params);
        assert_eq!(refused.map_err(|error| error.code), Err(code), "{method} {params}");
    }
}

#[test]
fn a_call_is_shown_with_what_it_sets_off() {
    let mut chain = Chain::begin(1_900_000_000);
    let [from, to] = [0, 1].map(|number| TestKey::all()[number].address());
    let traced = json!([{"from": from, "to": to, "value": "0x10"}, "latest", {"tracer": "callTracer"}]);
    let call = ask(&mut chain, "debug_traceCall", &traced).unwrap();
    assert_eq!((&call["type"], &call["value"]), (&json!("CALL"), &json!("0x10")));
    // PUSH0 x5, ADDRESS, GAS, CALL, STOP: calls itself for as long as the gas lasts.
    let code = "5f5f5f5f5f305af100";
    let made = json!([{"from": from, "input": format!("0x600980600a5f395ff300{code}")}]);
    let hash = ask(&mut chain, "eth_sendTransaction", &made).unwrap();
    chain.mine(1_900_000_100);
    let receipt = ask(&mut chain, "eth_getTransactionReceipt", &json!([hash])).unwrap();
    let itself = json!([{"to": receipt["contractAddress"]}, "latest", {"tracer": "callTracer"}]);
    let mut call = &ask(&mut chain, "debug_traceCall", &itself).unwrap();
    let mut depth = 0;
    while let Some(within) = call["calls"].get(0) {
        (call, depth) = (within, depth + 1);
    }
    assert!(depth > 100, "{depth}");
}
