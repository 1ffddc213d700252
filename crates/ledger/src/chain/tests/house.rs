//! A chain to try things on, and what is sent to it.

use revm::primitives::hex;
use serde_json::Value;

use crate::chain::*;

pub(super) fn hospital() -> Chain {
    Chain::begin(1_900_000_000)
}

/// The bytecode of the contract that ships.
pub(super) fn consent() -> Bytes {
    let built: Value = serde_json::from_str(include_str!("../../../contracts/Consent.json")).unwrap();
    hex::decode(built["bytecode"].as_str().unwrap()).unwrap().into()
}

/// A call of `signature` with arguments of one word each.
pub(super) fn encoded(signature: &str, words: &[U256]) -> Bytes {
    let mut input = keccak256(signature)[..4].to_vec();
    words.iter().for_each(|word| input.extend(word.to_be_bytes::<32>()));
    input.into()
}

pub(super) fn word(account: Address) -> U256 {
    U256::from_be_slice(account.as_slice())
}

pub(super) fn key(number: usize) -> TestKey {
    TestKey::all()[number].clone()
}

/// A transaction of test account `from`, ready to be signed.
pub(super) fn fields(chain: &Chain, from: usize, to: Option<Address>, input: Bytes) -> Fields {
    Fields {
        kind: 2,
        nonce: chain.pending_nonce(key(from).address()),
        max_fee_wei: 2_000_000_000,
        tip_wei: 0,
        gas: 2_000_000,
        to,
        value: U256::ZERO,
        input,
        access_list: Default::default(),
    }
}

/// Sends it and makes a block.
pub(super) fn send(chain: &mut Chain, from: usize, to: Option<Address>, input: Bytes) -> Included {
    sent(chain, from, to, input, 0)
}

/// The same, with money.
pub(super) fn sent(
    chain: &mut Chain,
    from: usize,
    to: Option<Address>,
    input: Bytes,
    value_wei: u128,
) -> Included {
    let fields = Fields { value: U256::from(value_wei), ..fields(chain, from, to, input) };
    let hash = chain.submit(&fields.sign(&key(from))).unwrap();
    chain.mine(0);
    chain.included(&hash).unwrap().clone()
}

pub(super) fn deployed(chain: &mut Chain) -> Address {
    send(chain, 0, None, consent()).created.unwrap()
}

pub(super) fn may_read(chain: &Chain, contract: Address, time_s: u64) -> bool {
    let words = [word(key(1).address()), word(key(2).address()), U256::from(3)];
    let input = encoded("allowed(address,address,uint32)", &words);
    let asked = Request { to: Some(contract), input, ..Request::default() };
    chain.call(&asked, time_s).unwrap().output.last() == Some(&1)
}

pub(super) fn grant(until_s: u64) -> Bytes {
    let words = [word(key(2).address()), U256::from(3), U256::from(until_s)];
    encoded("grant(address,uint32,uint64)", &words)
}
