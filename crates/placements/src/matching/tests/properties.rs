use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::made::made;
use super::*;

proptest! {
    #[test]
    fn without_couples_every_applicant_gets_the_best_of_all_stable_outcomes(made in made(0..=0), seed in 0_u64..50) {
        let market = made.market(seed);
        let outcome = run(&market);
        prop_assert!(blocking(&market, &outcome.places).is_empty());
        let stable: Vec<_> =
            brute::all(&market).into_iter().filter(|places| brute::is_stable(&market, places)).collect();
        prop_assert!(stable.contains(&outcome.places));
        for (number, party) in market.parties.iter().enumerate() {
            let at = |places: &Vec<Option<u32>>| audit::position(party, places).unwrap_or(party.choices.len());
            let best = stable.iter().map(at).min();
            prop_assert_eq!(best, Some(at(&outcome.places)), "party {}", number);
        }
    }

    #[test]
    fn with_couples_the_audit_agrees_with_the_definition(made in made(0..=2), seed in 0_u64..50) {
        let market = made.market(seed);
        for places in brute::all(&market) {
            prop_assert_eq!(blocking(&market, &places).is_empty(), brute::is_stable(&market, &places));
        }
        let outcome = run(&market);
        prop_assert!(brute::all(&market).contains(&outcome.places), "somebody got what they never asked for");
    }

    #[test]
    fn the_order_of_rows_means_nothing(made in made(0..=2), seed in 0_u64..50) {
        prop_assert_eq!(made.market(seed), made.backwards().market(seed));
    }

    #[test]
    fn who_has_the_first_wish_asks_no_question_and_all_others_are_answered(made in made(0..=2), seed in 0_u64..50) {
        let market = made.market(seed);
        let outcome = run(&market);
        let answers = why_not(&market, &outcome.places);
        let blocks = answers.concat().iter().any(|answer| answer.reason == Reason::Blocking);
        let audit = blocking(&market, &outcome.places);
        let told = audit.iter().filter_map(|found| Some(market.parties[found.party as usize].choices[found.choice? as usize]));
        prop_assert_eq!(blocks, told.flat_map(|choice| choice.seats).flatten().next().is_some());
    }
}

/// Of small markets with couples for which some outcome is stable, nearly all get one.
#[test]
fn a_stable_outcome_is_found_where_there_is_one() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut there, mut found) = (0_u32, 0_u32);
    for _ in 0..1_500 {
        let made = made(1..=2).new_tree(&mut runner).unwrap().current();
        let market = made.market(1);
        if brute::all(&market).iter().any(|places| brute::is_stable(&market, places)) {
            there += 1;
            found += u32::from(blocking(&market, &run(&market).places).is_empty());
        }
    }
    println!("{found} of {there} markets that have a stable outcome got one");
    assert!(there > 1_000 && found * 200 >= there * 199, "{found} of {there}");
}
