use proptest::prelude::*;

use super::*;
use crate::note::{EntryProof, Note};
use crate::tree::{Tree, leaf_hash};

fn entries(count: u64) -> Tree {
    Tree::of((0..count).map(|entry| leaf_hash(&entry.to_be_bytes())))
}

fn operator() -> Operator {
    Operator::new("hospital.example/log", [9; 32])
}

fn policy(operator: &Operator, quorum: usize) -> Policy {
    let witnesses = operator.witnesses.iter().map(|witness| operator.witness_key(&witness.name)).collect();
    Policy { log: operator.key(), witnesses, quorum }
}

/// An operator whose witnesses saw ten entries, and who now tells `county` that entry 4 was another.
fn two_faced() -> Operator {
    let mut operator = operator();
    operator.publish(&entries(10), History::First, 100);
    let shown_to = vec!["county".to_owned()];
    operator.second = Some(Second { index: 4, entry: b"another".to_vec(), shown_to });
    operator
}

#[test]
fn an_honest_log_convinces_everyone() {
    let (mut operator, tree) = (operator(), entries(25));
    let older = operator.publish(&entries(10), History::First, 100);
    let note = operator.publish(&tree, History::First, 200);
    let policy = policy(&operator, 3);
    let proof = operator.prove(&tree, 7, note.clone()).unwrap();
    let accepted =
        policy.entry(&7_u64.to_be_bytes(), &EntryProof::parse(&proof.to_string()).unwrap()).unwrap();
    assert_eq!(accepted.witnesses.iter().map(|(_, time_s)| *time_s).collect::<Vec<_>>(), [200; 3]);
    policy.growth(&older, &operator.prove_growth(&tree, 10, note).unwrap()).unwrap();
    assert!(policy.entry(b"another", &proof).is_err());
}

#[test]
fn a_witness_that_saw_the_truth_refuses_the_second_history() {
    let mut operator = two_faced();
    let note = operator.publish(&entries(12), History::Second, 200);
    let refused = policy(&operator, 1).checkpoint(&note);
    assert_eq!(refused, Err(Unproven::Witnesses { signed: 0, quorum: 1 }));
    let county = operator.witnesses.iter().find(|witness| witness.name == "county").unwrap();
    assert!(county.refused.as_ref().unwrap().contains("does not contain the 10 it saw before"));
    assert_eq!(county.seen.size, 10);
    let first = operator.publish(&entries(12), History::First, 200);
    policy(&operator, 2).checkpoint(&first).unwrap();
}

#[test]
fn one_lying_witness_does_not_make_a_quorum() {
    let mut operator = two_faced();
    operator.witnesses[2].conduct = Conduct::Lying;
    let second = operator.publish(&entries(12), History::Second, 200);
    policy(&operator, 1).checkpoint(&second).unwrap();
    assert!(policy(&operator, 2).checkpoint(&second).is_err());
}

#[test]
fn two_histories_show_when_checkpoints_are_compared() {
    let mut operator = two_faced();
    let tree = entries(12);
    let first = operator.publish(&tree, History::First, 200);
    let second = operator.publish(&tree, History::Second, 200);
    let shown = operator.tree(&tree, History::Second);
    let growth = operator.prove_growth(&shown, 12, second).unwrap();
    let judged = policy(&operator, 0).growth(&first, &growth);
    assert_eq!(judged, Err(Unproven::TwoHistories { size: 12 }));
}

#[test]
fn a_witness_that_is_away_holds_nobody_up() {
    let mut operator = operator();
    operator.witnesses[0].conduct = Conduct::Away;
    let note = operator.publish(&entries(5), History::First, 100);
    policy(&operator, 2).checkpoint(&note).unwrap();
    operator.witnesses[0].conduct = Conduct::Honest;
    let note = operator.publish(&entries(9), History::First, 200);
    policy(&operator, 3).checkpoint(&note).unwrap();
}

#[test]
fn the_key_of_another_log_is_refused() {
    let other = Operator::new("clinic.example/log", [9; 32]);
    let note = operator().publish(&entries(5), History::First, 100);
    assert!(policy(&other, 0).checkpoint(&note).is_err());
}

proptest! {
    #[test]
    fn entries_read_back(seq in any::<i64>(), actor in ".*", subject in prop::option::of(".*"), detail in ".*") {
        let texts = || String::from("x");
        let fields = Fields {
            previous: [3; 32], seq, virtual_us: -1, wall_us: 2, actor, source: texts(), target: String::new(),
            kind: texts(), subject, outcome: texts(), detail,
        };
        let bytes = fields.to_bytes();
        prop_assert_eq!(Fields::parse(&bytes).unwrap(), fields);
        for end in 0..bytes.len() {
            prop_assert_eq!(Fields::parse(&bytes[..end]), None);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(?s).{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let read = Note::parse(&text).map(|note| note.to_string());
        prop_assert!(read.is_err() || read.as_deref() == Ok(&*text));
        let read = Fields::parse(&bytes).map(|fields| fields.to_bytes());
        prop_assert!(read.is_none() || read == Some(bytes));
    }
}
