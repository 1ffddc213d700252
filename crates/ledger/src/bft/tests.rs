use proptest::prelude::*;

use super::*;

fn with(seed: u64, at: usize, fault: Fault) -> Run {
    let mut faults = [Fault::Honest; VALIDATORS];
    faults[at] = fault;
    run(Asked { seed, faults, heights: 4 })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn with_one_faulty_of_four_nobody_is_deceived_and_all_go_on(seed: u64, at in 0..VALIDATORS, kind in 0..4_usize) {
        let run = with(seed, at, Fault::ALL[kind]);
        prop_assert_eq!(run.forks(), Vec::<u32>::new());
        prop_assert_eq!(run.agreed(), 4, "all decide, since the network becomes reliable");
        prop_assert!(run.entered.iter().all(|entered| entered.at_ms < 20_000));
    }

    #[test]
    fn a_seed_gives_the_same_run(seed: u64) {
        let asked = Asked::drawn(seed, 1, 3);
        prop_assert_eq!(run(asked), run(asked));
    }

    #[test]
    fn only_who_lies_contradicts_itself(seed: u64, at in 0..VALIDATORS, kind in 0..4_usize) {
        let run = with(seed, at, Fault::ALL[kind]);
        let liars: Vec<usize> = run.evidence().iter().map(|found| found.one.message.from).collect();
        prop_assert!(liars.iter().all(|liar| *liar == at));
        prop_assert_eq!(liars.is_empty(), Fault::ALL[kind] != Fault::Lying);
    }
}

#[test]
fn two_liars_of_four_can_make_two_honest_ones_decide_differently() {
    let forked = (0..50).filter(|seed| !run(Asked::drawn(*seed, 2, 4)).forks().is_empty()).count();
    assert!(forked > 0, "no seed of 50 was forked");
    assert!(forked < 50, "a fork is a matter of timing, too");
}

#[test]
fn without_two_of_four_nothing_is_decided_and_nothing_wrong_either() {
    let faults = [Fault::Crashed, Fault::Crashed, Fault::Honest, Fault::Honest];
    for seed in 0..20 {
        let run = run(Asked { seed, faults, heights: 6 });
        assert!(run.forks().is_empty() && run.agreed() < 6, "seed {seed}: {}", run.agreed());
    }
}

#[test]
fn a_contradiction_is_proven_by_its_two_signatures_alone() {
    let run = with(11, 2, Fault::Lying);
    let keys = run.keys();
    let found = run.evidence().remove(0);
    let (one, other) = (found.one.message.text(), found.other.message.text());
    let pair = |vote: &Vote| vote.signature;
    let check = |key: usize, one: (&str, &[u8; 64]), other: (&str, &[u8; 64])| verify(&keys[key], one, other);
    let (first, second) = (pair(&found.one), pair(&found.other));
    assert!(check(2, (&one, &first), (&other, &second)));
    assert!(!check(1, (&one, &first), (&other, &second)), "another's key");
    assert!(!check(2, (&one, &first), (&one, &first)), "the same vote twice");
    assert!(!check(2, (&one, &first), (&other, &first)), "a signature of something else");
    let later = run.signed(&Message { round: 9, ..found.other.message });
    assert!(!check(2, (&one, &first), (&later.message.text(), &later.signature)), "another round");
    assert!(!check(2, ("", &first), ("", &second)));
}
