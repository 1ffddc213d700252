//! Bytes as a signed transaction, and as a JSON-RPC request: what is refused leaves the chain as it was.
#![no_main]

use ledger::chain::{Chain, Signed};
use ledger::rpc::{Asked, Filters, answer};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let mut chain = Chain::begin(0);
    if let Ok(signed) = Signed::decode(bytes) {
        assert_eq!(signed.raw.as_ref(), bytes);
    }
    if chain.submit(bytes).is_err() {
        assert!(chain.pool().is_empty());
    }
    chain.mine(0);
    let Ok(asked) = serde_json::from_slice::<Value>(bytes) else { return };
    let (Some(method), Some(params)) = (asked["method"].as_str(), asked["params"].as_array()) else { return };
    let waiting = chain.pool().len();
    if answer(&mut chain, &mut Filters::default(), Asked { method, params, time_s: 1 }).is_err() {
        assert_eq!(chain.pool().len(), waiting);
    }
});
