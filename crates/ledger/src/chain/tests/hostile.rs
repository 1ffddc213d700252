use proptest::prelude::*;
use revm::primitives::hex;

use super::house::{fields, hospital, key, send};
use crate::chain::rlp::{self, Item};
use crate::chain::*;

/// Runtime code that a constructor of ours returns.
fn constructor(runtime: &[u8]) -> Bytes {
    // PUSH2 length, DUP1, PUSH1 offset, PUSH0, CODECOPY, PUSH0, RETURN
    let [high, low] = (runtime.len() as u16).to_be_bytes();
    [&[0x61, high, low, 0x80, 0x60, 0x0a, 0x5f, 0x39, 0x5f, 0xf3], runtime].concat().into()
}

#[test]
fn what_a_contract_does_wrong_stays_its_own() {
    let mut chain = hospital();
    // JUMPDEST, PUSH0, JUMP: for ever.
    let endless = send(&mut chain, 0, None, constructor(&[0x5b, 0x5f, 0x56])).created.unwrap();
    let looped = send(&mut chain, 0, Some(endless), Bytes::new());
    assert!(!looped.success);
    assert_eq!(looped.gas_used, 2_000_000);
    let asked = Request { to: Some(endless), ..Request::default() };
    assert!(chain.call(&asked, 0).unwrap().halted.unwrap().contains("OutOfGas"));
    // PUSH0, SELFDESTRUCT: the code stays, since EIP-6780.
    let vanishing = send(&mut chain, 0, None, constructor(&[0x5f, 0xff])).created.unwrap();
    assert!(send(&mut chain, 0, Some(vanishing), Bytes::new()).success);
    assert_eq!(chain.code(vanishing).as_ref(), [0x5f, 0xff]);
    // More than 24 KB of code.
    let large = fields(&chain, 0, None, constructor(&vec![0; 0x6001]));
    let hash = chain.submit(&Fields { gas: 15_000_000, ..large }.sign(&key(0))).unwrap();
    chain.mine(0);
    assert!(!chain.included(&hash).unwrap().success);
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut chain = hospital();
    let good = fields(&chain, 0, Some(key(1).address()), Bytes::new());
    let refused =
        |chain: &mut Chain, fields: Fields| chain.submit(&fields.sign(&key(0))).unwrap_err().to_string();
    let cases = [
        (Fields { gas: 16_000_001, ..good.clone() }, "exceeds block gas limit"),
        (Fields { max_fee_wei: 5, ..good.clone() }, "max fee per gas less than block base fee"),
        (Fields { value: U256::MAX, ..good.clone() }, "insufficient funds"),
    ];
    for (fields, why) in cases {
        assert!(refused(&mut chain, fields).starts_with(why), "{why}");
    }
    let raw = good.sign(&key(0));
    chain.submit(&raw).unwrap();
    assert_eq!(chain.submit(&raw), Err(ChainFault::Known));
    assert!(matches!(
        chain.submit(&Fields { gas: 30_000, ..good.clone() }.sign(&key(0))),
        Err(ChainFault::Underpriced(0))
    ));
    chain.mine(0);
    assert_eq!(chain.submit(&raw), Err(ChainFault::Known));
    assert!(refused(&mut chain, Fields { gas: 30_000, ..good }).starts_with("nonce too low"));
    assert_eq!((chain.pool().len(), chain.head().number), (0, 1));
}

/// A transaction signed for chain 1, as EIP-155 shows it.
#[test]
fn a_transaction_of_another_chain_is_refused() {
    let raw = "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83";
    assert_eq!(Signed::decode(&hex::decode(raw).unwrap()), Err(SignedFault::Chain(1)));
}

#[test]
fn what_is_no_encoding_is_refused_with_a_reason() {
    let good = fields(&hospital(), 0, Some(key(1).address()), Bytes::new()).sign(&key(0));
    let deep = (0..9_u8).fold(vec![0xc0], |inner, _| [vec![0xc0 + inner.len() as u8], inner].concat());
    let cases = [
        ("nothing", Vec::new(), "there are none"),
        ("cut short", good[..good.len() - 1].to_vec(), "not a list"),
        ("more after it", [&good[..], &[0]].concat(), "not a list"),
        ("a type of the future", [&[3], &good[1..]].concat(), "type 3"),
        ("lists in lists in lists", [vec![2], deep].concat(), "not a list"),
        ("a length that begins with zero", vec![2, 0xf9, 0, 1, 0xc0], "not a list"),
        ("a length beyond the end", vec![2, 0xff, 255, 255, 255, 255, 255, 255, 255, 255], "not a list"),
        ("too few fields", vec![2, 0xc0], "another number of fields"),
        ("more than is taken", vec![2; TX_BYTES_MAX + 1], "at most"),
    ];
    let mut chain = hospital();
    for (what, raw, why) in cases {
        let refused = chain.submit(&raw).unwrap_err().to_string();
        assert!(refused.contains(why), "{what}: {refused}");
    }
    assert!(chain.pool().is_empty());
}

/// Of each signature there is a second form that fits as well; it would give the same transaction another name (EIP-2).
#[test]
fn the_second_form_of_a_signature_is_refused() {
    let good = Signed::decode(&fields(&hospital(), 0, None, Bytes::new()).sign(&key(0))).unwrap();
    // The order of the curve (SEC 2, 2.4.1).
    let order = "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141".parse::<U256>().unwrap();
    let (parity, _, s) = good.signature;
    let Some(Item::List(mut items)) = rlp::read(&good.raw[1..]) else { panic!("it is a list") };
    let other = ((1 - parity).to_be_bytes(), (order - s).to_be_bytes::<32>());
    items[9] = Item::Bytes(rlp::trimmed(&other.0));
    items[11] = Item::Bytes(rlp::trimmed(&other.1));
    let again = [vec![2], rlp::write(&Item::List(items))].concat();
    let refused = hospital().submit(&again).unwrap_err().to_string();
    assert!(refused.contains("upper half"), "{refused}");
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Signed::decode(&bytes).is_err());
        prop_assert!(Signed::decode(&[&[2], &bytes[..]].concat()).is_err());
    }

    #[test]
    fn a_changed_transaction_is_another_senders_or_none(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let fields = fields(&hospital(), 0, Some(key(1).address()), Bytes::from_static(b"hello"));
        let mut raw = fields.sign(&key(0));
        let at = at.index(raw.len());
        raw[at] ^= 1 << bit;
        if let Ok(read) = Signed::decode(&raw) {
            prop_assert_ne!(read.from, key(0).address());
        }
    }
}
