use proptest::prelude::*;

use super::{Address, Grade, Traits, edits, jaro_winkler, score};

#[test]
fn texts_are_as_alike_as_the_literature_says() {
    for (one, other, expected) in [
        ("martha", "marhta", 0.961),
        ("dwayne", "duane", 0.840),
        ("dixon", "dicksonx", 0.813),
        ("berg", "berg", 1.0),
        ("", "", 1.0),
        ("berg", "", 0.0),
        ("abc", "xyz", 0.0),
    ] {
        let found = jaro_winkler(one, other);
        assert!((found - expected).abs() < 0.001, "{one} {other}: {found}");
    }
    for (one, other, expected) in [
        ("kitten", "sitting", 3),
        ("", "abc", 3),
        ("abc", "", 3),
        ("1950-01-02", "1950-01-03", 1),
        ("müller", "muller", 1),
    ] {
        assert_eq!(edits(one, other), expected, "{one} {other}");
    }
}

fn anna() -> Traits {
    let text = str::to_owned;
    Traits {
        identifiers: vec![(text("mrn"), text("4711"))],
        families: vec![text("bergmann")],
        givens: vec![text("anna"), text("maria")],
        birth_date: Some(text("1950-04-07")),
        sex: Some(text("female")),
        phones: vec![text("15551234567")],
        addresses: vec![Address { line: text("12 mill lane"), postal_code: text("12345") }],
    }
}

fn with(change: impl FnOnce(&mut Traits)) -> Traits {
    let mut traits = Traits { identifiers: Vec::new(), ..anna() };
    change(&mut traits);
    traits
}

#[test]
fn a_record_is_graded_by_what_agrees() {
    let text = str::to_owned;
    let only = |change: fn(&mut Traits)| {
        let mut traits = Traits::default();
        change(&mut traits);
        traits
    };
    let cases = [
        ("everything", anna(), Grade::Certain),
        ("all but the number", with(|_| ()), Grade::Certain),
        ("a typo", with(|it| it.families = vec![text("bergman")]), Grade::Certain),
        ("day and month exchanged", with(|it| it.birth_date = Some(text("1950-07-04"))), Grade::Certain),
        ("one digit wrong", with(|it| it.birth_date = Some(text("1951-04-07"))), Grade::Certain),
        ("names exchanged", with(|it| std::mem::swap(&mut it.families, &mut it.givens)), Grade::Probable),
        (
            "another phone and address",
            with(|it| {
                it.phones = vec![text("999")];
                it.addresses = vec![Address { line: text("elsewhere"), postal_code: text("9") }];
            }),
            Grade::Probable,
        ),
        ("another family name", with(|it| it.families = vec![text("xu")]), Grade::Possible),
        (
            "name and birth date alone",
            only(|it| {
                it.families = vec!["bergmann".into()];
                it.givens = vec!["anna".into()];
                it.birth_date = Some("1950-04-07".into());
            }),
            Grade::Probable,
        ),
        (
            "name alone",
            only(|it| {
                it.families = vec!["bergmann".into()];
                it.givens = vec!["anna".into()];
            }),
            Grade::CertainlyNot,
        ),
        ("number alone", only(|it| it.identifiers = vec![("mrn".into(), "4711".into())]), Grade::Probable),
        (
            "a number of another system",
            only(|it| it.identifiers = vec![("other".into(), "4711".into())]),
            Grade::CertainlyNot,
        ),
        ("a twin", with(|it| it.givens = vec![text("elisabeth")]), Grade::Possible),
        ("nobody", Traits::default(), Grade::CertainlyNot),
        (
            "somebody else",
            with(|it| {
                it.families = vec![text("xu")];
                it.givens = vec![text("li")];
                it.birth_date = Some(text("1999-12-31"));
            }),
            Grade::CertainlyNot,
        ),
    ];
    for (what, record, expected) in cases {
        let found = score(&record, &anna());
        assert_eq!(found.grade, expected, "{what}: {found:?}");
    }
}

proptest! {
    #[test]
    fn likeness_has_no_order_and_stays_between_0_and_1(one in "[a-dé ]{0,8}", other in "[a-dé ]{0,8}") {
        let found = jaro_winkler(&one, &other);
        prop_assert!((0.0..=1.0).contains(&found), "{}", found);
        prop_assert!((found - jaro_winkler(&other, &one)).abs() < 1e-9 || one.chars().count() != other.chars().count());
        prop_assert_eq!(edits(&one, &other), edits(&other, &one));
        prop_assert_eq!(jaro_winkler(&one, &one), 1.0);
        prop_assert!(edits(&one, &other) <= one.chars().count().max(other.chars().count()));
    }

    #[test]
    fn scores_stay_between_0_and_1(family in "[a-c]{0,4}", date in "[0-9-]{0,10}", phone in "[0-9]{0,9}") {
        let other = Traits { families: vec![family], birth_date: Some(date), phones: vec![phone], ..Traits::default() };
        let found = score(&other, &anna());
        prop_assert!((0.0..=1.0).contains(&found.value), "{:?}", found);
        prop_assert_eq!(score(&anna(), &other), found);
    }
}
