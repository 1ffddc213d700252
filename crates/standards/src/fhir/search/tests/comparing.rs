//! The prefixes, case by case.

use crate::fhir::search::compare::{dates, numbers};
use crate::fhir::search::query::Prefix;

const PREFIXES: [(&str, Prefix); 9] = [
    ("eq", Prefix::Eq),
    ("ne", Prefix::Ne),
    ("gt", Prefix::Gt),
    ("lt", Prefix::Lt),
    ("ge", Prefix::Ge),
    ("le", Prefix::Le),
    ("sa", Prefix::Sa),
    ("eb", Prefix::Eb),
    ("ap", Prefix::Ap),
];

fn holding(holds: impl Fn(Prefix) -> bool) -> String {
    let names: Vec<&str> =
        PREFIXES.iter().filter(|(_, prefix)| holds(*prefix)).map(|(name, _)| *name).collect();
    names.join(" ")
}

/// The search is for [10, 20) throughout.
#[test]
fn spans_of_time() {
    for (found, expected) in [
        ((10, 20), "eq ge le ap"),
        ((12, 15), "eq ge le ap"),
        ((5, 15), "ne lt le ap"),
        ((15, 25), "ne gt ge ap"),
        ((5, 25), "ne gt lt ge le ap"),
        ((1, 10), "ne lt le eb"),
        ((1, 9), "ne lt le eb"),
        ((20, 30), "ne gt ge sa"),
        ((21, 30), "ne gt ge sa"),
        ((i64::MIN, 12), "ne lt le ap"),
        ((12, i64::MAX), "ne gt ge ap"),
    ] {
        assert_eq!(holding(|prefix| dates(prefix, found, (10, 20))), expected, "{found:?}");
    }
}

/// The search is for 10, which is rounded from [9.5, 10.5), throughout.
#[test]
fn points_and_ranges_of_numbers() {
    let open = f64::INFINITY;
    for (found, expected) in [
        ((10.0, 10.0), "eq ge le ap"),
        ((9.5, 9.5), "eq lt le eb ap"),
        ((10.4, 10.4), "eq gt ge sa ap"),
        ((10.5, 10.5), "ne gt ge sa"),
        ((9.4, 9.4), "ne lt le eb"),
        ((9.0, 11.0), "ne gt lt ge le ap"),
        ((12.0, open), "ne gt ge sa"),
        ((-open, 9.5), "ne lt le eb ap"),
        ((-open, open), "ne gt lt ge le ap"),
    ] {
        assert_eq!(holding(|prefix| numbers(prefix, found, 10.0, (9.5, 10.5))), expected, "{found:?}");
    }
}
