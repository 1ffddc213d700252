use revm::primitives::{hex, keccak256};
use serde_json::{Value, json};

use super::*;
use crate::chain::B256;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The examples of the Contract ABI Specification, "Examples" (read 2026-11-26).
#[test]
fn calls_are_those_of_the_specification() {
    let baz = Signature::parse("baz(uint32,bool)").unwrap().input(&texts(&["69", "true"])).unwrap();
    let expected = "cdcd77c000000000000000000000000000000000000000000000000000000000000000450000000000000000000000000000000000000000000000000000000000000001";
    assert_eq!(hex::encode(baz), expected);
    let sam = Signature::parse("sam(bytes,bool,uint256[])").unwrap();
    let sam = sam.input(&texts(&["0x64617665", "true", "[1,2,3]"])).unwrap();
    assert!(sam.starts_with(&hex::decode("a5643bf2").unwrap()) && sam.len() == 4 + 9 * 32);
}

#[test]
fn what_comes_back_is_read() {
    let signature = Signature::parse("allowed(address,uint32)(bool,uint64)").unwrap();
    let mut output = [0; 64];
    (output[31], output[63]) = (1, 7);
    assert_eq!(signature.returned(&output).unwrap(), ["true", "7"]);
    assert!(signature.returns(&output, &texts(&["true", "0x07"])).unwrap());
    assert!(!signature.returns(&output, &texts(&["false", "7"])).unwrap());
    assert!(signature.returned(&output[..40]).is_err());
}

#[test]
fn what_is_no_call_is_refused_with_a_reason() {
    for bad in ["", "grant", "grant(", "grant(house)", "grant(uint7)", "(uint8)", &"g".repeat(2000)] {
        assert!(matches!(Signature::parse(bad), Err(AbiFault::Signature { .. })), "{bad}");
    }
    let grant = Signature::parse("grant(address,uint8)").unwrap();
    assert!(matches!(grant.input(&texts(&["0x00"])), Err(AbiFault::Count { wanted: 2, given: 1, .. })));
    let address = "0x00000000000000000000000000000000000000aa";
    for (first, second) in [("0x12", "1"), (address, "256"), (address, "one"), (address, "-1")] {
        assert!(matches!(grant.input(&texts(&[first, second])), Err(AbiFault::Argument { .. })), "{second}");
    }
}

#[test]
fn an_interface_reads_calls_and_events() {
    let built: Value = serde_json::from_str(include_str!("../../contracts/Consent.json")).unwrap();
    let interface = Interface::parse(&built["abi"]).unwrap();
    let reader = "0x00000000000000000000000000000000000000AA";
    let grant = Signature::parse("grant(address,uint32,uint64)").unwrap();
    let told = interface.call(&grant.input(&texts(&[reader, "3", "9"])).unwrap()).unwrap();
    let value = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let scope = [value("reader", reader), value("scope", "3"), value("until", "9")];
    assert_eq!(told, Told { name: "grant".into(), values: scope.into() });

    let word = |last: u8| B256::left_padding_from(&[last]);
    let topics = [keccak256("Revoked(address,address)"), word(1), word(2)];
    let told = interface.event(&topics, &[]).unwrap();
    assert_eq!((told.name.as_str(), told.values.len()), ("Revoked", 2));
    assert_eq!(interface.event(&topics[..2], &[]), None);
    assert_eq!(interface.call(&[1, 2, 3]), None);
    assert_eq!(interface.call(&[0; 36]), None);
}

#[test]
fn what_is_no_interface_is_refused() {
    for bad in [json!(null), json!("abi"), json!([{"type": "function"}]), json!([1])] {
        assert!(Interface::parse(&bad).is_err(), "{bad}");
    }
}
