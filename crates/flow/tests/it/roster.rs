//! Rosters at least cost, against trying everything.

use flow::FlowError;
use flow::roster::{Limits, Pattern, Plan, Shift, cheapest, needed, weekly};
use proptest::prelude::*;

fn shift(name: &str, start: usize, hours: usize, cost: f64) -> Shift {
    Shift { name: name.to_owned(), start, hours, cost }
}

#[test]
fn a_night_shift_goes_on_into_the_next_day() {
    let shifts = [shift("day", 8, 12, 10.0), shift("night", 20, 12, 12.0)];
    let mut need = [1; 24];
    need[3] = 2;
    let plan = cheapest(&shifts, &need, Limits::default()).unwrap();
    assert_eq!((plan.people.as_slice(), plan.cost, plan.paid_hours), (&[1, 2][..], 34.0, 36));
    assert_eq!((plan.hours[3], plan.hours[23], plan.hours[12]), (2, 2, 1));
}

#[test]
fn a_week_of_a_department_is_covered_everywhere() {
    let pattern = |name: &str, start, hours, cost| Pattern { name: name.to_owned(), start, hours, cost };
    let shifts = weekly(&[
        pattern("early", 7, 8, 8.0),
        pattern("mid", 11, 8, 8.0),
        pattern("late", 15, 8, 8.8),
        pattern("night", 23, 8, 10.0),
        pattern("long", 10, 12, 11.6),
    ]);
    assert_eq!((shifts.len(), shifts[6].name.as_str(), shifts[6].start), (35, "mid Tue", 35));
    let rates: Vec<f64> = (0..168).map(|hour| if hour % 24 < 8 { 2.0 } else { 7.0 }).collect();
    let need = needed(&rates, 0.5, 1.0, 1).unwrap();
    let plan = cheapest(&shifts, &need, Limits::default()).unwrap();
    assert!(plan.hours.iter().zip(&need).all(|(there, need)| there >= need));
}

#[test]
fn what_cannot_be_is_told_in_words() {
    let shifts = [shift("day", 8, 12, 10.0), shift("night", 20, 11, 12.0)];
    let said = |need: &[u32], limits| match cheapest(&shifts, need, limits).unwrap_err() {
        FlowError::Infeasible(what) => what,
        other => panic!("{other}"),
    };
    let one = [1; 24];
    assert_eq!(
        said(&one, Limits::default()),
        "07:00 needs 1, and no shift covers that hour; add one that does"
    );
    let mut busy = [0; 24];
    busy[9] = 5;
    let few = Limits { people_per_shift: Some(3), ..Limits::default() };
    assert!(said(&busy, few).starts_with("09:00 needs 5, and its 1 shifts of 3 at most give 3"));
    let poor = Limits { paid_hours: Some(40), ..Limits::default() };
    assert!(said(&busy, poor).starts_with("40 hours may be paid, and the need takes at least 60"));
    let week = [1_u32; 168];
    let error = cheapest(&weekly(&[]), &week, Limits::default()).unwrap_err();
    assert!(matches!(error, FlowError::Input(_)));
    let twice = cheapest(&[shift("odd", 30, 8, 1.0)], &one, Limits::default()).unwrap_err();
    assert!(twice.to_string().contains("begins at hour 30"));
}

/// The least cost of any roster with at most `most` in a shift; nothing if none will do.
fn by_trying(shifts: &[Shift], need: &[u32], most: u32, paid_hours: Option<u64>) -> Option<f64> {
    let mut people = vec![0; shifts.len()];
    let mut best: Option<f64> = None;
    loop {
        let plan = Plan::of(shifts, people.clone(), need.len());
        let is_enough = plan.hours.iter().zip(need).all(|(there, need)| there >= need);
        if is_enough && paid_hours.is_none_or(|hours| plan.paid_hours <= hours) {
            best = Some(best.map_or(plan.cost, |best| best.min(plan.cost)));
        }
        let Some(at) = people.iter().position(|count| *count < most) else { return best };
        people[..at].fill(0);
        people[at] += 1;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_is_cheaper_than_the_cheapest(
        need in prop::collection::vec(0_u32..4, 6),
        shifts in prop::collection::vec((0_usize..6, 1_usize..5, 1_u32..9), 1..5),
        paid_hours in prop::option::of(0_u64..40),
    ) {
        let shifts: Vec<Shift> = shifts.iter().enumerate()
            .map(|(at, (start, hours, cost))| shift(&at.to_string(), *start, *hours, f64::from(*cost)))
            .collect();
        let limits = Limits { people_per_shift: Some(4), paid_hours };
        match (cheapest(&shifts, &need, limits), by_trying(&shifts, &need, 4, paid_hours)) {
            (Ok(plan), Some(cost)) => {
                prop_assert!((plan.cost - cost).abs() < 1e-9, "{} found, {cost} is possible", plan.cost);
                prop_assert!(plan.hours.iter().zip(&need).all(|(there, need)| there >= need));
                prop_assert!(paid_hours.is_none_or(|hours| plan.paid_hours <= hours));
            }
            (Err(FlowError::Infeasible(_)), None) => {}
            (found, wanted) => prop_assert!(false, "{found:?}, but {wanted:?}"),
        }
    }
}
