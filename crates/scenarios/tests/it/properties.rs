//! Whatever is given, in whatever order: the same seed and commands make the same events, and what must hold of them holds.

use proptest::prelude::*;
use scenarios::record::{after_action, score};
use scenarios::run::{Event, Run, What, care_at};

use crate::small::{Toy, at, begin, give, given, go, small};

fn command() -> impl Strategy<Value = (&'static str, i64)> {
    (prop::sample::select(vec!["declare", "mend", "stop", "burn"]), 0_i64..70)
}

/// Commands in the order of their minutes, as a hospital's clock has them.
fn in_time() -> impl Strategy<Value = Vec<(&'static str, i64)>> {
    prop::collection::vec(command(), 0..12).prop_map(|mut commands| {
        commands.sort_by_key(|(_, minute)| *minute);
        commands
    })
}

fn play(seed: u64, commands: &[(&str, i64)]) -> (Run, Toy) {
    let (mut run, mut toy) = begin(seed);
    for (place, (command, minute)) in commands.iter().enumerate() {
        give(&mut run, &mut toy, &given(&place.to_string(), command, *minute));
    }
    go(&mut run, &mut toy, 60);
    (run, toy)
}

proptest! {
    #[test]
    fn the_same_seed_and_commands_make_the_same(seed: u64, commands in prop::collection::vec(command(), 0..12)) {
        prop_assert_eq!(play(seed, &commands), play(seed, &commands));
    }

    #[test]
    fn events_are_numbered_and_in_order(seed: u64, commands in prop::collection::vec(command(), 0..12)) {
        let (run, toy) = play(seed, &commands);
        let numbers: Vec<u64> = toy.kept.iter().map(|event| event.seq).collect();
        prop_assert_eq!(&numbers, &(1..=run.seq).collect::<Vec<_>>());
        let in_order = |pair: &[Event]| pair[0].care <= pair[1].care + 1e-9;
        prop_assert!(toy.kept.windows(2).all(in_order));
        let ends = toy.kept.iter().filter(|event| matches!(event.what, What::Ended { .. })).count();
        prop_assert_eq!(ends, 1);
    }

    #[test]
    fn a_drill_is_told_anew_as_it_stood(seed: u64, commands in in_time()) {
        let (_, toy) = play(seed, &commands);
        let (mut run, mut lived) = begin(seed);
        let mut given_to = commands.iter().enumerate().collect::<Vec<_>>();
        for minute in 0..=60 {
            go(&mut run, &mut lived, minute);
            given_to.retain(|(place, (command, at))| {
                let is_now = *at == minute;
                if is_now {
                    give(&mut run, &mut lived, &given(&place.to_string(), command, minute));
                }
                !is_now
            });
            let told = Run::retold(&small(), seed, &lived.kept, at(minute));
            prop_assert_eq!((&told.flags, &told.busy, &told.done), (&run.flags, &run.busy, &run.done));
            prop_assert_eq!((&told.injected, &told.breached, &told.met), (&run.injected, &run.breached, &run.met));
            prop_assert_eq!((told.seq, told.ended_us, told.begun_us), (run.seq, run.ended_us, run.begun_us));
        }
        // Told from all of it, a moment is what it was when nobody knew how it would end.
        let half = Run::retold(&small(), seed, &toy.kept, at(30));
        let until: Vec<Event> = toy.kept.iter().filter(|event| event.at_us <= at(30)).cloned().collect();
        prop_assert_eq!(half, Run::retold(&small(), seed, &until, at(30)));
    }

    #[test]
    fn harm_told_anew_only_grows_and_meets_each_event(seed: u64, commands in in_time()) {
        let (_, toy) = play(seed, &commands);
        let every = (0..=60).map(|minute| care_at(&toy.kept, at(minute))).collect::<Vec<_>>();
        prop_assert!(every.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9));
        for event in &toy.kept {
            let last = toy.kept.iter().rfind(|other| other.at_us == event.at_us).unwrap();
            prop_assert!((care_at(&toy.kept, event.at_us) - last.care).abs() < 1e-9);
        }
        prop_assert!(care_at(&toy.kept, at(-1)).abs() < 1e-9);
    }

    #[test]
    fn nobody_does_two_things_at_once(seed: u64, commands in prop::collection::vec(command(), 0..12)) {
        let (_, toy) = play(seed, &commands);
        for role in ["lead", "hands"] {
            let mut busy = false;
            for event in &toy.kept {
                match &event.what {
                    What::Given { role: own, .. } if own == role => {
                        prop_assert!(!busy);
                        busy = true;
                    }
                    What::Done { role: own, .. } if own == role => busy = false,
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn a_drill_that_is_written_down_goes_on_as_it_was(seed: u64, commands in prop::collection::vec(command(), 0..6), cut in 0_i64..60) {
        let (mut run, mut toy) = begin(seed);
        for (place, (command, minute)) in commands.iter().enumerate().filter(|(_, (_, minute))| *minute <= cut) {
            give(&mut run, &mut toy, &given(&place.to_string(), command, *minute));
        }
        go(&mut run, &mut toy, cut);
        let text = serde_json::to_string(&run).unwrap();
        let mut again: Run = serde_json::from_str(&text).unwrap();
        let mut same = toy.clone();
        go(&mut run, &mut toy, 60);
        go(&mut again, &mut same, 60);
        prop_assert_eq!(score(&small(), &run), score(&small(), &again));
        prop_assert_eq!(&toy.kept, &same.kept);
        let report = after_action(&small(), &run, &toy.kept);
        prop_assert!(report.timeline.len() <= toy.kept.len());
        prop_assert!(report.decisions.iter().all(|one| one.done_min >= one.decided_min && one.care_meanwhile >= 0.0));
    }
}

#[test]
fn chance_is_the_seed() {
    let call = |seed: u64| {
        let (_, toy) = play(seed, &[]);
        let called = toy
            .kept
            .iter()
            .find(|event| matches!(&event.what, What::Injected { inject, .. } if inject == "call"));
        called.unwrap().at_us
    };
    let minutes: std::collections::BTreeSet<i64> = (0..200).map(call).collect();
    assert_eq!(minutes.len(), 7, "minutes 3 to 9");
}
