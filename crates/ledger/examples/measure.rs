//! Measures what the ledger does in a second of one processor: `cargo run --release -p ledger --example measure`.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "it measures and prints"
)]

use std::fs::File;
use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use ledger::abi::Signature;
use ledger::chain::{Address, Bytes, Chain, Fields, TestKey, U256};
use ledger::shipped;
use ledger::tree::{Tree, leaf_hash};
use sha2::{Digest, Sha256};

/// Entries of the tree.
const ENTRIES: u64 = 100_000;
/// Blocks that are made, and the consents in each.
const BLOCKS: u64 = 200;
const IN_A_BLOCK: u64 = 100;
/// A contract that writes the word it is called with to each of its storage slots 100 to 1: CALLDATALOAD, then a loop of
/// SSTORE, SUB and JUMPI; before it the code that returns it.
const WRITER: &str = "0x601280600b6000396000f360003560645b818155600190038060055700";
const SLOTS: u64 = 100;
/// Calls of it in a block: each changes every slot, at 5,000 gas a slot.
const CALLS_IN_A_BLOCK: u64 = 50;
/// Gas of the calls: writing a slot that holds something, and one that is empty (EIP-2929, EIP-2200).
const GAS_TO_CHANGE: u64 = 590_000;
const GAS_TO_FILL: u64 = 2_400_000;
const GAS_TO_DEPLOY: u64 = 3_000_000;
const GAS_TO_CONSENT: u64 = 250_000;

/// Bytes of a journal entry of a FHIR write, with its fields.
const ENTRY_BYTES: usize = 600;
/// Writes that are waited for.
const WRITES: u32 = 500;

fn main() {
    proofs();
    sealing();
    consents();
    changes();
}

fn proofs() {
    let tree = Tree::of((0..ENTRIES).map(|entry| leaf_hash(&entry.to_be_bytes())));
    let inclusion = each_us(ENTRIES, |at| drop(black_box(tree.inclusion(at, ENTRIES))));
    println!("inclusion proof in {ENTRIES} entries: {inclusion:.2} us");
    let consistency = each_us(ENTRIES, |old| drop(black_box(tree.consistency(old + 1, ENTRIES))));
    println!("consistency proof in them: {consistency:.2} us");
}

/// What sealing does for each entry, beside what a durable write of the same bytes waits for.
fn sealing() {
    let (mut tree, mut entry) = (Tree::default(), vec![7; ENTRY_BYTES]);
    let seal_us = each_us(ENTRIES, |at| {
        entry[..8].copy_from_slice(&at.to_be_bytes());
        black_box(Sha256::digest(&entry));
        tree.push(leaf_hash(&entry));
    });
    println!("sealing an entry of {ENTRY_BYTES} bytes: {seal_us:.2} us");
    let path = std::env::temp_dir().join(format!("practicum-measure-{}", std::process::id()));
    let (mut file, entry) = (File::create(&path).unwrap(), vec![7; ENTRY_BYTES]);
    let write = |_| {
        timed_us(|| {
            file.write_all(&entry).unwrap();
            file.sync_data().unwrap();
        })
    };
    let write_us = median((0..WRITES).map(write).collect());
    std::fs::remove_file(path).unwrap();
    println!(
        "writing it durably: {write_us:.0} us, to which sealing adds {:.2} %",
        seal_us / write_us * 100.0
    );
}

fn consents() {
    let (keys, mut chain) = (TestKey::all(), Chain::begin(0));
    let code: Bytes = shipped::built("Consent").unwrap()["bytecode"].as_str().unwrap().parse().unwrap();
    let hash = chain.submit(&signed(&keys[0], 0, (None, GAS_TO_DEPLOY), code)).unwrap();
    chain.mine(0);
    let contract = chain.included(&hash).unwrap().created;
    assert!(contract.is_some(), "the contract is on the chain");
    let grant = Signature::parse("grant(address,uint32,uint64)").unwrap();
    let consent = |number: u64| {
        let reader = Address::left_padding_from(&(number + 1).to_be_bytes()).to_string();
        let input = grant.input(&[reader, "1".to_owned(), u32::MAX.to_string()]).unwrap();
        signed(&keys[1], number, (contract, GAS_TO_CONSENT), input)
    };
    let (mut checking, mut changing) = (Vec::new(), Vec::new());
    for block in 0..BLOCKS {
        let sent: Vec<Vec<u8>> = (0..IN_A_BLOCK).map(|at| consent(block * IN_A_BLOCK + at)).collect();
        checking.push(timed_us(|| {
            for raw in &sent {
                chain.submit(raw).unwrap();
            }
        }));
        changing.push(timed_us(|| drop(chain.mine(0))));
    }
    let done = chain.all_included().filter(|tx| tx.success && tx.logs.len() == 1).count() as u64;
    assert_eq!(done, BLOCKS * IN_A_BLOCK, "every consent is on the chain");
    let a_second = |samples| IN_A_BLOCK as f64 * 1e6 / median(samples);
    println!(
        "consents put on the chain, each with its event and receipt: {:.0} a second",
        a_second(changing)
    );
    println!("their signatures checked: {:.0} a second", a_second(checking));
}

/// What a chain does where a transaction changes much: the state alone, without what each transaction costs by itself.
fn changes() {
    let (keys, mut chain) = (TestKey::all(), Chain::begin(0));
    let hash = chain.submit(&signed(&keys[0], 0, (None, GAS_TO_DEPLOY), WRITER.parse().unwrap())).unwrap();
    chain.mine(0);
    let contract = chain.included(&hash).unwrap().created;
    assert!(contract.is_some(), "the contract is on the chain");
    let call = |number: u64, gas| {
        let word = Bytes::from(U256::from(number + 1).to_be_bytes::<32>());
        signed(&keys[1], number, (contract, gas), word)
    };
    chain.submit(&call(0, GAS_TO_FILL)).unwrap();
    chain.mine(0);
    let mut changing = Vec::new();
    for block in 0..BLOCKS {
        for at in 0..CALLS_IN_A_BLOCK {
            chain.submit(&call(1 + block * CALLS_IN_A_BLOCK + at, GAS_TO_CHANGE)).unwrap();
        }
        changing.push(timed_us(|| drop(chain.mine(0))));
    }
    let done = chain.all_included().filter(|tx| tx.success).count() as u64;
    assert_eq!(done, 2 + BLOCKS * CALLS_IN_A_BLOCK, "every call has changed every slot");
    let a_second = (CALLS_IN_A_BLOCK * SLOTS) as f64 * 1e6 / median(changing);
    println!("storage slots changed, {SLOTS} by each transaction: {a_second:.0} a second");
}

/// The median of how long each takes, in microseconds, timed a thousand at once: short enough that the machine's other work
/// spoils few of them.
fn each_us(count: u64, mut work: impl FnMut(u64)) -> f64 {
    let thousand = |from: u64| timed_us(|| (from * 1000..(from + 1) * 1000).for_each(&mut work)) / 1000.0;
    median((0..count / 1000).map(thousand).collect())
}

fn timed_us(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1e6
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

fn signed(key: &TestKey, nonce: u64, (to, gas): (Option<Address>, u64), input: Bytes) -> Vec<u8> {
    let fields = Fields {
        kind: 2,
        nonce,
        max_fee_wei: 1_000_000_000,
        tip_wei: 0,
        gas,
        to,
        value: U256::ZERO,
        input,
        access_list: Default::default(),
    };
    fields.sign(key)
}
