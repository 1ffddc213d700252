use std::collections::{BTreeMap, BTreeSet};

use super::{Chart, Colleague, Relation, Roster, Tie};

const HOUR: i64 = 3_600_000_000;

fn tie(to: &str, from: i64, until: Option<i64>) -> Tie {
    Tie { to: to.to_owned(), from_us: Some(from * HOUR), until_us: until.map(|until| until * HOUR) }
}

/// Dr Klein treats from hour 100 to 200; the patient lies in unit A until hour 150, then in B.
fn roster() -> Roster {
    let person = |practitioner: Option<&str>, units: &[&str]| Colleague {
        practitioner: practitioner.map(str::to_owned),
        units: units.iter().map(|unit| (*unit).to_owned()).collect::<BTreeSet<_>>(),
    };
    let colleagues = BTreeMap::from([
        ("klein".to_owned(), person(Some("Practitioner/klein"), &["Location/C"])),
        ("nora".to_owned(), person(Some("Practitioner/nora"), &["Location/A"])),
        ("clerk".to_owned(), person(None, &[])),
    ]);
    let mut roster = Roster::new(colleagues, 4 * HOUR);
    roster.add_chart(
        "Patient/p".to_owned(),
        Chart {
            people: vec![tie("Practitioner/klein", 100, Some(200))],
            places: vec![tie("Location/A", 100, Some(150)), tie("Location/B", 150, None)],
        },
    );
    roster.add_glass("clerk", "Patient/p", 300 * HOUR);
    roster
}

#[test]
fn the_relation_is_that_of_the_moment() {
    let roster = roster();
    for (actor, hour, expected) in [
        ("klein", 150, Some(Relation::Treating)),
        ("klein by growth-chart", 150, Some(Relation::Treating)),
        ("klein", 77, Some(Relation::Treating)),
        ("klein", 75, Some(Relation::None)),
        ("klein", 272, Some(Relation::Treating)),
        ("klein", 273, Some(Relation::None)),
        ("nora", 120, Some(Relation::SameUnit)),
        ("nora", 151, Some(Relation::None)),
        ("nora", 99, Some(Relation::None)),
        ("clerk", 299, Some(Relation::None)),
        ("clerk", 300, Some(Relation::BreakGlass)),
        ("clerk", 304, Some(Relation::BreakGlass)),
        ("clerk", 305, Some(Relation::None)),
        ("nora", 300, Some(Relation::None)),
        ("LIS", 120, None),
    ] {
        assert_eq!(roster.relation(actor, "Patient/p", hour * HOUR), expected, "{actor} at {hour}");
    }
    assert_eq!(roster.relation("klein", "Patient/gone", 150 * HOUR), None);
}

#[test]
fn a_tie_without_times_always_holds() {
    let mut roster = roster();
    let own = Tie { to: "Practitioner/nora".to_owned(), from_us: None, until_us: None };
    roster.add_chart("Patient/q".to_owned(), Chart { people: vec![own], places: Vec::new() });
    assert_eq!(roster.relation("nora", "Patient/q", i64::MIN), Some(Relation::Treating));
    assert_eq!(roster.relation("nora", "Patient/q", i64::MAX), Some(Relation::Treating));
}
