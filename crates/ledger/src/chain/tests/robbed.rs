//! Who is called back while it pays: what happens to a contract that writes down too late, and to one that does not.

use super::house::{encoded, hospital, key, send, sent, word};
use crate::chain::*;

const ETHER: u128 = 1_000_000_000_000_000_000;
const SAVER: usize = 1;
const THIEF: usize = 2;

fn bytecode(built: &str) -> Bytes {
    let built: serde_json::Value = serde_json::from_str(built).unwrap();
    built["bytecode"].as_str().unwrap().parse().unwrap()
}

/// A purse in which somebody has put three ether, and a thief's contract beside it.
fn purse_and_thief(built: &str, is_quiet: bool) -> (Chain, Address, Address) {
    let mut chain = hospital();
    let purse = send(&mut chain, 0, None, bytecode(built)).created.unwrap();
    let saved = sent(&mut chain, SAVER, Some(purse), encoded("put()", &[]), 3 * ETHER);
    assert!(saved.success);
    let told = [word(purse).to_be_bytes::<32>(), U256::from(is_quiet).to_be_bytes::<32>()].concat();
    let making = [bytecode(include_str!("../../../tests/contracts/Thief.json")).to_vec(), told].concat();
    let thief = send(&mut chain, THIEF, None, making.into()).created.unwrap();
    (chain, purse, thief)
}

fn steal(thief: Address) -> Request {
    let (from, value) = (key(THIEF).address(), U256::from(ETHER));
    Request { from, to: Some(thief), value, input: encoded("steal()", &[]), ..Request::default() }
}

fn ether(chain: &Chain, account: Address) -> U256 {
    chain.balance(account) / U256::from(ETHER)
}

#[test]
fn who_writes_down_after_paying_is_drained() {
    let (mut chain, purse, thief) =
        purse_and_thief(include_str!("../../../tests/contracts/OpenPurse.json"), false);
    let (outcome, calls) = chain.trace(&steal(thief), 0).unwrap();
    assert!(outcome.success);
    // Paid four times for one ether put in: each payment lies within the one before.
    let paid: Vec<usize> =
        calls.iter().filter(|call| call.to == Some(thief)).map(|call| call.depth).collect();
    assert_eq!(paid, [0, 2, 4, 6, 8], "itself, and four payments inside one another");
    assert_eq!(ether(&chain, purse), U256::from(3), "a trace changes nothing");
    assert!(sent(&mut chain, THIEF, Some(thief), encoded("steal()", &[]), ETHER).success);
    assert_eq!((ether(&chain, purse), ether(&chain, thief)), (U256::ZERO, U256::from(4)));
}

#[test]
fn who_writes_down_before_paying_refuses_and_nothing_has_happened() {
    let (mut chain, purse, thief) =
        purse_and_thief(include_str!("../../../tests/contracts/Purse.json"), false);
    let (outcome, calls) = chain.trace(&steal(thief), 0).unwrap();
    assert!(!outcome.success);
    let refused: Vec<_> = calls.iter().filter_map(|call| Some((call.depth, call.failed.clone()?))).collect();
    let depths: Vec<usize> = refused.iter().map(|(depth, _)| *depth).collect();
    assert_eq!(
        depths,
        [0, 1, 2, 3],
        "the second taking is refused, and so is all that it was part of: {refused:?}"
    );
    let due = |chain: &Chain, of: Address| {
        let input = encoded("due(address)", &[word(of)]);
        chain.call(&Request { to: Some(purse), input, ..Request::default() }, 0).unwrap().output
    };
    let before = [thief, key(SAVER).address()].map(|of| (due(&chain, of), chain.balance(of)));
    assert!(!sent(&mut chain, THIEF, Some(thief), encoded("steal()", &[]), ETHER).success);
    assert_eq!([thief, key(SAVER).address()].map(|of| (due(&chain, of), chain.balance(of))), before);
    assert_eq!(ether(&chain, purse), U256::from(3));
    assert_eq!(ether(&chain, key(THIEF).address()), U256::from(9_999), "only the fee is gone");
}

#[test]
fn a_thief_that_takes_no_for_an_answer_gets_its_own_back() {
    let (mut chain, purse, thief) =
        purse_and_thief(include_str!("../../../tests/contracts/Purse.json"), true);
    assert!(sent(&mut chain, THIEF, Some(thief), encoded("steal()", &[]), ETHER).success);
    assert_eq!((ether(&chain, purse), ether(&chain, thief)), (U256::from(3), U256::from(1)));
}
