use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

#[test]
fn quartiles_lie_between_the_numbers_around_them() {
    assert_eq!(spread(&[]), None);
    assert_eq!(spread(&[7.0]), Some(Spread { count: 1, low: 7.0, middle: 7.0, high: 7.0 }));
    assert_eq!(spread(&[4.0, 1.0, 2.0, 3.0]), Some(Spread { count: 4, low: 1.75, middle: 2.5, high: 3.25 }));
}

#[test]
fn who_is_not_due_yet_is_not_counted_as_lost() {
    let stay = |begins: Date, ended: Option<Date>| Stay { begins, ended };
    let stays = [
        stay(date(2031, 1, 31), None),
        stay(date(2031, 1, 31), Some(date(2031, 4, 29))),
        stay(date(2031, 1, 31), Some(date(2031, 4, 30))),
        stay(date(2031, 3, 1), Some(date(2031, 3, 5))),
    ];
    let at = |today| retained(&stays, 3, today);
    // Three months after the last day of January is the last day of April.
    assert_eq!(at(date(2031, 4, 29)), Retained { months: 3, due: 0, stayed: 0 });
    assert_eq!(at(date(2031, 4, 30)), Retained { months: 3, due: 3, stayed: 2 });
    assert_eq!(at(date(2031, 6, 1)), Retained { months: 3, due: 4, stayed: 2 });
}

#[test]
fn only_who_did_it_twice_is_compared_with_themselves() {
    assert_eq!(trend(&[vec![90.0], vec![]], Better::More), None);
    let series = [vec![40.0, 10.0, 80.0], vec![60.0, 60.0], vec![90.0]];
    let found = |better| trend(&series, better).map(|one| (one.first.middle, one.latest.middle, one.better));
    assert_eq!(found(Better::More), Some((50.0, 70.0, 1)));
    assert_eq!(found(Better::Less), Some((50.0, 70.0, 0)), "who stayed where they were did not do better");
}

proptest! {
    #[test]
    fn quartiles_are_in_order_and_within(numbers in proptest::collection::vec(-1e6..1e6, 1..40)) {
        let found = spread(&numbers).unwrap();
        let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(least <= found.low && found.low <= found.middle);
        prop_assert!(found.middle <= found.high && found.high <= most);
    }
}
