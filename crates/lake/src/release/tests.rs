use std::collections::BTreeMap;

use super::{Ladder, Wanted, attack, classes, coarser, noise};

fn rows(given: &[&[&str]]) -> Vec<Vec<String>> {
    given.iter().map(|row| row.iter().map(|one| (*one).to_owned()).collect()).collect()
}

/// A column's kind, a value, and what each step leaves of it.
#[test]
fn every_ladder_ends_where_nothing_is_told() {
    let cases: [(Ladder, &str, &[&str]); 6] = [
        (Ladder::Day, "1968-04-11", &["1968-04-11", "1968-04", "1968", "1965-1969", "1960-1969", "*"]),
        (Ladder::PostalCode, "02139", &["02139", "021", "*"]),
        (Ladder::Number, "47", &["47", "45-49", "40-49", "40-59", "*"]),
        (Ladder::Number, "-3", &["-3", "-5--1", "-10--1", "-20--1", "*"]),
        (Ladder::Number, "unknown", &["unknown", "unknown", "unknown", "unknown", "*"]),
        (Ladder::Word, "female", &["female", "*"]),
    ];
    for (ladder, value, wanted) in cases {
        let steps: Vec<String> = (0..=ladder.last()).map(|step| ladder.step(value, step)).collect();
        assert_eq!(steps, wanted, "{ladder:?}");
        assert_eq!(ladder.step(value, 99), "*");
    }
}

#[test]
fn classes_are_counted_with_what_is_sensitive_in_them() {
    let row = |told: &str, sensitive: &str| (vec![told.to_owned()], sensitive.to_owned());
    let found =
        classes(&[row("a", "flu"), row("a", "flu"), row("b", "flu"), row("b", "gout"), row("c", "flu")]);
    assert_eq!(
        (found.rows, found.classes, found.smallest, found.alone, found.fewest_values),
        (5, 3, 1, 1, 1)
    );
    assert_eq!(classes(&[]).smallest, 0);
}

#[test]
fn the_finest_way_is_found_that_leaves_enough_alike() {
    let given = rows(&[
        &["1968-04-11", "02139", "female"],
        &["1968-04-27", "02138", "female"],
        &["1968-09-02", "02139", "male"],
        &["1968-12-24", "02141", "male"],
    ]);
    let ladders = [Ladder::Day, Ladder::PostalCode, Ladder::Word];
    let wanted = Wanted { k: 2, left_out_max: 0.0 };
    let found = coarser(&ladders, &given, &wanted).unwrap();
    assert_eq!(found[0].steps, [2, 1, 0], "the year and three digits are enough");
    assert!(found.iter().all(|one| one.left_out == 0));
    for one in &found {
        let told: Vec<(Vec<String>, String)> = given
            .iter()
            .map(|row| {
                let told = row.iter().zip(&ladders).zip(&one.steps);
                (told.map(|((value, ladder), step)| ladder.step(value, *step)).collect(), String::new())
            })
            .collect();
        assert!(classes(&told).smallest >= 2, "{:?}", one.steps);
    }
    let alone = Wanted { k: 5, left_out_max: 0.0 };
    assert_eq!(coarser(&ladders, &given, &alone).unwrap(), [], "four rows are never five");
    let all_out = Wanted { k: 5, left_out_max: 1.0 };
    assert_eq!(
        coarser(&ladders, &given, &all_out).unwrap()[0].steps,
        [0, 0, 0],
        "who gives nothing away may"
    );
}

/// Each way that is found does, and none that is finer in one column does.
#[test]
fn what_is_found_is_minimal_among_all() {
    let day = |n: u32| format!("19{:02}-{:02}-{:02}", 40 + n % 37, 1 + n % 12, 1 + n % 28);
    let given: Vec<Vec<String>> = (0..120_u32)
        .map(|n| {
            vec![
                day(n * 7 + n / 3),
                format!("{:05}", 2100 + (n * 13) % 40),
                ["f", "m"][(n % 2) as usize].to_owned(),
            ]
        })
        .collect();
    let ladders = [Ladder::Day, Ladder::PostalCode, Ladder::Word];
    let wanted = Wanted { k: 4, left_out_max: 0.05 };
    let left_out = |steps: &[usize]| {
        let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for row in &given {
            let told =
                row.iter().zip(&ladders).zip(steps).map(|((value, ladder), step)| ladder.step(value, *step));
            *counts.entry(told.collect()).or_insert(0) += 1;
        }
        counts.values().filter(|count| **count < wanted.k).sum::<usize>()
    };
    let does = |steps: &[usize]| left_out(steps) as f64 <= 0.05 * 120.0;
    let found = coarser(&ladders, &given, &wanted).unwrap();
    assert!(!found.is_empty());
    for one in &found {
        assert_eq!(left_out(&one.steps), one.left_out);
        assert!(does(&one.steps));
        for at in 0..3 {
            if one.steps[at] > 0 {
                let mut finer = one.steps.clone();
                finer[at] -= 1;
                assert!(!does(&finer), "{finer:?} is finer than {:?} and does", one.steps);
            }
        }
    }
}

#[test]
fn too_many_ways_are_refused_with_their_number() {
    let wanted = Wanted { k: 2, left_out_max: 0.0 };
    assert_eq!(coarser(&[Ladder::Day; 5], &[], &wanted), Err(7_776));
    assert_eq!(coarser(&[Ladder::Day; 60], &[], &wanted), Err(usize::MAX));
}

#[test]
fn who_is_alone_in_the_register_is_found_and_who_is_not_is_not() {
    let row = |told: &str, person: &str| (vec![told.to_owned()], person.to_owned());
    let register = [row("a", "ann"), row("b", "bob"), row("b", "bea"), row("c", "cy"), row("c", "cy")];
    let release = [row("a", "ann"), row("b", "bob"), row("c", "cy"), row("a", "bob"), row("z", "zoe")];
    let found = attack(&release, &register);
    assert_eq!((found.rows, found.found, found.narrowed), (5, 2, 3), "a wrong name is no find");
}

#[test]
fn noise_is_centred_and_as_wide_as_epsilon_says() {
    for epsilon in [0.1, 0.5, 1.0] {
        let mut state = 7_u64;
        let mut chance = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        let drawn: Vec<i64> = (0..40_000).map(|_| noise(epsilon, &mut chance)).collect();
        let mean = drawn.iter().sum::<i64>() as f64 / drawn.len() as f64;
        let variance = drawn.iter().map(|one| (*one * *one) as f64).sum::<f64>() / drawn.len() as f64;
        let ratio = f64::exp(-epsilon);
        // Variance of the two-sided geometric distribution: 2a / (1 - a)^2.
        let expected = 2.0 * ratio / (1.0 - ratio).powi(2);
        assert!(mean.abs() < 4.0 * (expected / drawn.len() as f64).sqrt(), "{epsilon}: {mean}");
        assert!((variance / expected - 1.0).abs() < 0.1, "{epsilon}: {variance} for {expected}");
        // One person more in a count makes no answer more likely than exp(epsilon) times: seen where answers are frequent.
        let share = |answer: i64| drawn.iter().filter(|one| **one == answer).count() as f64;
        for answer in -2..=2_i64 {
            let (with, without) = (share(answer), share(answer - 1));
            assert!(with / without < epsilon.exp() * 1.15, "{epsilon} at {answer}");
        }
    }
    assert_eq!(noise(f64::NAN, &mut || u64::MAX), noise(f64::NAN, &mut || u64::MAX));
}
