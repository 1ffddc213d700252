use models::Table;
use models::study::{
    Baseline, Case, DAY_US, Event, Guard, PSI_CHANGED, RiskTime, Weight, drift, guards, importance,
    is_held_out, label, share_of,
};
use proptest::prelude::*;

fn case(patient: &str, index_day: i64) -> Case {
    Case { patient: patient.to_owned(), encounter: None, index_us: index_day * DAY_US }
}

fn event(patient: &str, day: i64) -> Event {
    Event { patient: patient.to_owned(), at_us: day * DAY_US }
}

#[test]
fn an_outcome_counts_in_the_time_at_risk_and_nowhere_else() {
    let risk = RiskTime { from_days: 1, to_days: 30 };
    let events =
        [event("a", 100), event("b", 131), event("c", 130), event("d", 101), event("e", 50), event("g", 110)];
    let cases: Vec<Case> = ["a", "b", "c", "d", "e", "f", "g"].map(|patient| case(patient, 100)).into();
    let known = label(&cases, &events, risk, 200 * DAY_US);
    let wanted = [false, false, true, true, false, false, true].map(Some);
    assert_eq!(
        known.outcomes, wanted,
        "at the index time, too late, on the last day, on the first, before, never, between"
    );
    let early = label(&cases, &events, risk, 115 * DAY_US);
    assert_eq!(early.outcomes[6], Some(true), "what happened is known before the time is over");
    assert_eq!((early.outcomes[5], early.unfinished), (None, 4), "what has not happened is not");
    assert!(RiskTime { from_days: 30, to_days: 30 }.check().is_err());
}

#[test]
fn the_outcome_among_the_features_and_people_on_both_sides_are_leaks() {
    let outcomes: Vec<f64> = (0..40).map(|row| f64::from(u8::from(row % 4 == 0))).collect();
    let honest: Vec<f64> = (0..40).map(|row| f64::from(row * 7 % 11)).collect();
    let telling: Vec<f64> =
        outcomes.iter().map(|outcome| if *outcome == 1.0 { f64::NAN } else { 3.0 }).collect();
    let table = Table::new(vec![
        ("honest".to_owned(), honest),
        ("discharged_dead".to_owned(), outcomes.iter().map(|outcome| 1.0 - outcome).collect()),
        ("measured".to_owned(), telling),
    ])
    .unwrap();
    let people = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let found = guards(&table, &outcomes, (&people(&["a", "b"]), &people(&["b", "c"])), 0.99, 10);
    let of = |guard| found.iter().find(|finding| finding.guard == guard).unwrap();
    assert_eq!(of(Guard::Overlap).weight, Weight::Leak);
    assert_eq!(of(Guard::OutcomeAmongFeatures).weight, Weight::Leak);
    assert!(of(Guard::OutcomeAmongFeatures).what.contains("discharged_dead"));
    assert_eq!(of(Guard::OneFeature).weight, Weight::Doubt, "that something is missing may tell all");
    assert!(of(Guard::OneFeature).what.contains("measured (1.000)"));
    assert_eq!(of(Guard::Area).weight, Weight::Doubt);
    assert_eq!(of(Guard::Events).weight, Weight::Doubt);
    let honest = table.columns_of(&["honest"]).unwrap();
    let found = guards(&honest, &outcomes, (&people(&["a"]), &people(&["b"])), 0.7, 10);
    assert!(found.iter().all(|finding| finding.weight == Weight::Good), "{found:?}");
}

#[test]
fn people_like_those_of_training_have_not_moved_and_others_have() {
    let column = |shift: f64| (0..1_000).map(|row| f64::from(row % 97) + shift).collect::<Vec<f64>>();
    let table = |values| Table::new(vec![("age".to_owned(), values)]).unwrap();
    let baseline = Baseline::of(&table(column(0.0)));
    let same = drift(&baseline, &table(column(0.0))).unwrap();
    assert!(same[0].psi.abs() < 1e-12);
    let moved = drift(&baseline, &table(column(60.0))).unwrap();
    assert!(moved[0].psi > PSI_CHANGED, "{moved:?}");
    let gone = drift(&baseline, &table(vec![f64::NAN; 50])).unwrap();
    assert_eq!((gone[0].missing, gone[0].missing_more), (1.0, 1.0));
    assert!(gone[0].psi > PSI_CHANGED);
    let constant = Baseline::of(&table(vec![1.0; 20]));
    assert_eq!(drift(&constant, &table(vec![1.0; 5])).unwrap()[0].psi, 0.0);
}

#[test]
fn a_feature_that_a_model_does_not_use_is_worth_nothing() {
    let outcomes: Vec<f64> = (0..200).map(|row| f64::from(u8::from(row % 3 == 0))).collect();
    let used: Vec<f64> = outcomes.iter().map(|outcome| 0.1 + 0.8 * outcome).collect();
    let table = Table::new(vec![
        ("idle".to_owned(), used.iter().rev().copied().collect()),
        ("used".to_owned(), used),
    ])
    .unwrap();
    let found = importance(&table, &outcomes, 1, &mut |table| Ok(table.columns()[1].clone())).unwrap();
    assert_eq!((found[0].feature.as_str(), found[1].feature.as_str(), found[1].loss), ("used", "idle", 0.0));
    assert!(found[0].loss > 0.3);
}

proptest! {
    #[test]
    fn people_are_always_on_the_same_side_and_about_as_many_as_wanted(seed: u64, share in 0.1..0.9_f64) {
        let names: Vec<String> = (0..2_000).map(|number| format!("patient-{number}")).collect();
        let held = names.iter().filter(|name| is_held_out(seed, name, share)).count();
        prop_assert!((held as f64 / 2_000.0 - share).abs() < 0.06, "{held}");
        for name in &names[..20] {
            prop_assert!((0.0..1.0).contains(&share_of(seed, name)));
            prop_assert_eq!(is_held_out(seed, name, share), is_held_out(seed, name, share));
        }
    }
}
