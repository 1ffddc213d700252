//! A JSON Patch: any bytes get an answer, and what is applied leaves JSON that is laid out without changing its meaning.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use standards::fhir::json::Limits;
use standards::fhir::patch::apply;
use standards::fhir::pretty::pretty;

const RESOURCE: &[u8] =
    br#"{"resourceType":"Patient","id":"a","name":[{"family":"Moor","given":["Ana","Li"]}],"active":true,"x":{"":1.10,"~/":[]}}"#;

fuzz_target!(|bytes: &[u8]| {
    let Ok(patched) = apply(bytes, RESOURCE, &Limits::default()) else { return };
    // Values nested more deeply than the parser goes are refused when the resource is checked.
    let Ok(value) = serde_json::from_slice::<Value>(&patched) else { return };
    assert_eq!(serde_json::from_slice::<Value>(&pretty(&patched)).expect("it is JSON still"), value);
});
