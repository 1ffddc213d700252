//! Commands out of order, from the wrong role, doubled, late or forged: each is answered in words, and changes nothing else.

use scenarios::record::score;
use scenarios::run::{Given, Refusal, Taken, What};

use crate::small::{at, begin, give, given, go, small};

fn why(taken: &Taken) -> &str {
    match taken {
        Taken::Now(event) => match &event.what {
            What::Refused { why, .. } => why,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_cannot_be_done_is_refused_in_words() {
    let (mut run, mut toy) = begin(1);
    assert_eq!(why(&give(&mut run, &mut toy, &given("a", "mend", 1))), "Nobody said so.");
    let wrong = Given { holds: vec!["hands".to_owned()], ..given("b", "declare", 1) };
    assert_eq!(why(&give(&mut run, &mut toy, &wrong)), "That is for the lead to do, and you are not.");
    assert!(matches!(give(&mut run, &mut toy, &given("c", "declare", 1)), Taken::Now(_)));
    assert_eq!(why(&give(&mut run, &mut toy, &given("d", "stop", 2))), "The lead is still at work: Declare.");
    go(&mut run, &mut toy, 4);
    assert_eq!(why(&give(&mut run, &mut toy, &given("e", "declare", 4))), "That has been done.");
    assert_eq!(run.flags.len(), 1);
}

#[test]
fn what_comes_twice_counts_once() {
    let (mut run, mut toy) = begin(1);
    let Taken::Now(first) = give(&mut run, &mut toy, &given("k", "declare", 1)) else { panic!() };
    let before = run.clone();
    assert_eq!(give(&mut run, &mut toy, &given("k", "declare", 1)), Taken::Before(first.seq));
    assert_eq!(run, before);
    // The same key of somebody else is another command.
    let other = Given { by: "ben".to_owned(), ..given("k", "declare", 1) };
    assert_eq!(why(&give(&mut run, &mut toy, &other)), "The lead is still at work: Declare.");
}

#[test]
fn what_is_no_command_leaves_no_trace() {
    let (mut run, mut toy) = begin(1);
    go(&mut run, &mut toy, 5);
    let before = run.clone();
    let scenario = small();
    let read = toy.readings();
    for (given, refusal) in [
        (given("k", "burn", 5), Refusal::Unknown("burn".to_owned())),
        (given("", "declare", 5), Refusal::Key),
        (given(&"k".repeat(65), "declare", 5), Refusal::Key),
        (given("k", "declare", 3), Refusal::Late),
    ] {
        assert_eq!(run.give(&scenario, &given, &read), Taken::Away(refusal));
        assert_eq!(run, before);
    }
}

#[test]
fn after_the_end_nothing_happens() {
    let (mut run, mut toy) = begin(1);
    go(&mut run, &mut toy, 60);
    assert_eq!(run.ended_us, Some(at(60)));
    assert_eq!(why(&give(&mut run, &mut toy, &given("k", "declare", 61))), "The drill is over.");
    let before = run.clone();
    go(&mut run, &mut toy, 90);
    assert_eq!(run, before);
    assert!(run.inject(&small(), "extra", "ada", at(61)).is_err());
    assert!(run.end(&small(), "ada", at(61), &toy.readings()).is_err());
}

#[test]
fn a_drill_can_be_passed_and_failed() {
    let (mut run, mut toy) = begin(1);
    give(&mut run, &mut toy, &given("a", "declare", 1));
    give(&mut run, &mut toy, &given("b", "mend", 4));
    give(&mut run, &mut toy, &given("c", "stop", 15));
    go(&mut run, &mut toy, 16);
    let passed = score(&small(), &run);
    assert_eq!((passed.points, passed.passed), (100, true), "{passed:?}");
    // Fourteen minutes from the failure until it ran again, each weighing two.
    assert!((passed.care - 28.0).abs() < 4.1, "{}", passed.care);

    let (mut run, mut toy) = begin(1);
    go(&mut run, &mut toy, 60);
    let failed = score(&small(), &run);
    assert_eq!((failed.points, failed.passed), (0, false));
    assert_eq!(failed.breached, ["too-long"]);
}

#[test]
fn an_inject_comes_by_hand_once() {
    let (mut run, mut toy) = begin(1);
    go(&mut run, &mut toy, 2);
    assert!(run.inject(&small(), "extra", "ada", at(2)).is_ok());
    assert!(run.inject(&small(), "extra", "ada", at(2)).is_err());
    assert!(run.inject(&small(), "none", "ada", at(2)).is_err());
}
