use super::house::{consent, deployed, encoded, fields, grant, hospital, key, may_read, send, word};
use crate::chain::*;

#[test]
fn consent_is_given_expires_and_is_taken_back() {
    let mut chain = hospital();
    let contract = deployed(&mut chain);
    assert!(!may_read(&chain, contract, 0));
    let given = send(&mut chain, 1, Some(contract), grant(1_900_000_500));
    assert!(given.success && given.logs.len() == 1);
    assert_eq!(given.logs[0].topics[0], keccak256("Granted(address,address,uint32,uint64)"));
    assert!(may_read(&chain, contract, 1_900_000_499));
    assert!(!may_read(&chain, contract, 1_900_000_500));
    let revoke = encoded("revoke(address)", &[word(key(2).address())]);
    assert!(!send(&mut chain, 3, Some(contract), revoke.clone()).success, "a stranger took it back");
    assert!(may_read(&chain, contract, 1_900_000_100));
    assert!(send(&mut chain, 1, Some(contract), revoke).success);
    assert!(!may_read(&chain, contract, 1_900_000_100));
}

#[test]
fn a_chain_is_a_function_of_its_blocks() {
    let (mut chain, mut kept) = (hospital(), Vec::new());
    for step in 0..6 {
        let (to, input) =
            if step == 0 { (None, consent()) } else { (chain_contract(&chain), grant(1_900_000_500 + step)) };
        let raw = fields(&chain, 1, to, input).sign(&key(1));
        chain.submit(&raw).unwrap();
        kept.push(chain.mine(1_900_000_000 + 7 * step));
    }
    let mut again = hospital();
    for mined in &kept {
        again.replay(mined).unwrap();
    }
    assert_eq!(again.blocks(), chain.blocks());
    assert_eq!(again.balance(key(1).address()), chain.balance(key(1).address()));
}

fn chain_contract(chain: &Chain) -> Option<Address> {
    chain.blocks().iter().flat_map(|block| &block.transactions).find_map(|hash| chain.included(hash)?.created)
}

#[test]
fn who_pays_more_goes_first_and_who_comes_too_early_waits() {
    let mut chain = hospital();
    let to = Some(key(9).address());
    let with = |chain: &Chain, from: usize, tip_wei, nonce| {
        Fields { tip_wei, nonce, gas: 30_000, ..fields(chain, from, to, Bytes::new()) }.sign(&key(from))
    };
    let late = with(&chain, 1, 900, 1);
    let [slow, quick, late] =
        [with(&chain, 0, 5, 0), with(&chain, 2, 500, 0), late].map(|raw| chain.submit(&raw).unwrap());
    chain.mine(0);
    assert_eq!(chain.head().transactions, [quick, slow]);
    assert_eq!(chain.pool().iter().map(|tx| tx.hash).collect::<Vec<_>>(), [late]);
}

#[test]
fn every_type_of_transaction_reads_back() {
    let chain = hospital();
    for kind in 0..=2 {
        let mut fields = Fields { kind, ..fields(&chain, 0, None, Bytes::from_static(b"\x01\x02")) };
        if kind < 2 {
            fields.tip_wei = fields.max_fee_wei;
        }
        let read = Signed::decode(&fields.sign(&key(0))).unwrap();
        assert_eq!((read.fields, read.from), (fields, key(0).address()));
    }
}
