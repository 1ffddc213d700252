use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

fn law() -> Law {
    Law::parse(include_str!("../../../../content/regulations/hipaa-breach.toml")).unwrap()
}

fn factor(low: bool) -> Factor {
    Factor { low, evidence: vec![12] }
}

fn assessment(low: [bool; 4]) -> Assessment {
    let [nature, recipient, acquired, mitigation] = low.map(factor);
    Assessment { nature, recipient, acquired, mitigation }
}

fn incident() -> Incident {
    Incident {
        involves_phi: true,
        permitted: false,
        protection: Protection::None,
        exception: None,
        assessment: None,
    }
}

#[test]
fn what_is_not_shown_is_a_breach() {
    let unintentional =
        |used_further| Exception::Unintentional { good_faith: true, within_authority: true, used_further };
    let mut unfounded = assessment([true; 4]);
    unfounded.mitigation.evidence.clear();
    let cases = [
        ("presumed", incident(), true),
        ("no information", Incident { involves_phi: false, ..incident() }, false),
        ("permitted", Incident { permitted: true, ..incident() }, false),
        ("encrypted", Incident { protection: Protection::Encrypted, ..incident() }, false),
        ("key taken", Incident { protection: Protection::EncryptedKeyTaken, ..incident() }, true),
        ("shredded", Incident { protection: Protection::Destroyed, ..incident() }, false),
        ("good faith", Incident { exception: Some(unintentional(false)), ..incident() }, false),
        ("told on", Incident { exception: Some(unintentional(true)), ..incident() }, true),
        (
            "handed back unread",
            Incident { exception: Some(Exception::NotRetained { good_faith_belief: true }), ..incident() },
            false,
        ),
        (
            "one not authorized",
            Incident {
                exception: Some(Exception::Inadvertent { both_authorized: false, used_further: false }),
                ..incident()
            },
            true,
        ),
        ("low", Incident { assessment: Some(assessment([true; 4])), ..incident() }, false),
        ("viewed", Incident { assessment: Some(assessment([true, true, false, true])), ..incident() }, true),
        ("no evidence", Incident { assessment: Some(unfounded), ..incident() }, true),
    ];
    for (name, incident, breach) in cases {
        assert_eq!(decide(&incident, &law()).breach, breach, "{name}");
    }
}

fn of(state: &str, count: usize) -> Vec<Affected> {
    let one =
        |number| Affected { person: format!("{state}-{number}"), state: state.to_owned(), reachable: true };
    (0..count).map(one).collect()
}

fn on(known: Date) -> Discovery {
    Discovery { known, could_have_known: None, agent_knew: None }
}

#[test]
fn two_counts_decide_who_is_told() {
    use Recipient::{Individuals, Media, Secretary, SecretaryByLog};
    let ohio = || Media("OH".to_owned());
    for (ohioans, others, expected) in [
        (499, 0, vec![Individuals, SecretaryByLog]),
        (500, 0, vec![Individuals, Secretary]),
        (501, 0, vec![Individuals, Secretary, ohio()]),
        (300, 200, vec![Individuals, Secretary]),
        (500, 500, vec![Individuals, Secretary]),
        (501, 1, vec![Individuals, Secretary, ohio()]),
        (0, 0, vec![]),
    ] {
        let mut affected = of("OH", ohioans);
        affected.extend(of("KY", others));
        let owed = duties(&affected, &on(date(2031, 3, 4)), None, &law());
        let told: Vec<Recipient> = owed.notices.iter().map(|notice| notice.recipient.clone()).collect();
        assert_eq!(told, expected, "{ohioans} and {others}");
    }
}

#[test]
fn days_are_calendar_days_from_discovery() {
    let small = |day| duties(&of("OH", 3), &on(day), None, &law()).notices;
    assert_eq!(small(date(2031, 3, 4))[0].by, date(2031, 5, 3));
    assert_eq!(small(date(2031, 3, 4))[1].by, date(2032, 2, 29), "a leap year's 60th day");
    assert_eq!(small(date(2031, 12, 31))[1].by, date(2032, 2, 29));
    assert_eq!(small(date(2030, 12, 31))[1].by, date(2031, 3, 1));
    let discovery = Discovery {
        could_have_known: Some(date(2031, 2, 20)),
        agent_knew: Some(date(2031, 2, 25)),
        ..on(date(2031, 3, 4))
    };
    assert_eq!(discovered(&discovery), date(2031, 2, 20));
}

#[test]
fn law_enforcement_holds_a_notice_back() {
    let by = |delay| duties(&of("OH", 3), &on(date(2031, 3, 4)), Some(delay), &law()).notices[0].by;
    assert_eq!(by(Delay::Written { until: date(2031, 9, 1) }), date(2031, 9, 1));
    assert_eq!(by(Delay::Oral { on: date(2031, 4, 20) }), date(2031, 5, 20));
    assert_eq!(
        by(Delay::Oral { on: date(2031, 3, 5) }),
        date(2031, 5, 3),
        "a short delay does not shorten the term"
    );
}

#[test]
fn who_cannot_be_reached_is_told_otherwise() {
    for (lost, expected) in
        [(0, None), (9, Some(Recipient::SubstituteOther)), (10, Some(Recipient::SubstitutePublic))]
    {
        let mut affected = of("OH", 20);
        affected.iter_mut().take(lost).for_each(|one| one.reachable = false);
        let owed = duties(&affected, &on(date(2031, 3, 4)), None, &law());
        let other = owed.notices.into_iter().map(|notice| notice.recipient).nth(2);
        assert_eq!(other, expected, "{lost}");
    }
}

fn letter() -> Letter {
    Letter {
        what_happened: "On 2 March a member of our staff opened your chart without a reason.".to_owned(),
        happened_on: Some(date(2031, 3, 2)),
        discovered_on: Some(date(2031, 3, 4)),
        information: "Your name, date of birth and the diagnoses of your stay.".to_owned(),
        steps: "Look at your next statements and call us about anything you do not know.".to_owned(),
        doing: "We ended that access, and look at every opening of a restricted chart since.".to_owned(),
        contact: "Call 1-800-555-0142 toll free or write to privacy@hospital.example.".to_owned(),
    }
}

#[test]
fn a_letter_says_five_things_and_names_nobody_else() {
    let others = ["Ann Oduya".to_owned(), "MRN-4711".to_owned()];
    let faults = |letter: Letter| check_letter(&letter, date(2031, 3, 4), &others);
    assert_eq!(faults(letter()), []);
    type Change = fn(&mut Letter);
    let changes: [(&str, Change); 8] = [
        ("what happened", |letter| letter.what_happened.clear()),
        ("what happened", |letter| letter.discovered_on = Some(date(2031, 3, 5))),
        ("the information involved", |letter| letter.information = "Records".to_owned()),
        ("what you can do", |letter| letter.steps.push_str(" <script>alert(1)</script>")),
        ("what we are doing", |letter| letter.doing.push_str(" ANN ODUYA was told as well.")),
        ("what we are doing", |letter| letter.doing.push_str(" (see MRN-4711)")),
        ("how to reach us", |letter| letter.contact = "Write to privacy@hospital.example.".to_owned()),
        ("how to reach us", |letter| letter.contact = "Call 614-555-0142 during the day.".to_owned()),
    ];
    for (part, change) in changes {
        let mut changed = letter();
        change(&mut changed);
        let found = faults(changed);
        assert!(found.iter().any(|fault| fault.part == part), "{part}: {found:?}");
    }
    let mut similar = letter();
    similar.doing.push_str(" The annual oduyament is unchanged.");
    assert_eq!(faults(similar), [], "a name inside a word is no name");
}

#[test]
fn a_rule_file_is_read_whole_or_not_at_all() {
    let text = include_str!("../../../../content/regulations/hipaa-breach.toml");
    assert!(Law::parse(&text.replace("days = 60", "days = 0")).is_err());
    assert!(Law::parse(&text.replace("[media]", "[press]")).is_err());
    assert!(Law::parse("").is_err());
}

proptest! {
    #[test]
    fn the_same_person_twice_is_one_person(charts in prop::collection::vec(0_usize..40, 0..120)) {
        let one = |person: &usize| Affected { person: person.to_string(), state: "OH".to_owned(), reachable: true };
        let affected: Vec<Affected> = charts.iter().map(one).collect();
        let owed = duties(&affected, &on(date(2031, 3, 4)), None, &law());
        let mut distinct = charts;
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(owed.people, distinct.len());
        prop_assert_eq!(owed.by_state.values().sum::<usize>(), owed.people);
    }

    #[test]
    fn more_people_never_owe_less(ohio in 0_usize..700, more in 0_usize..300, day in 0_i32..3000) {
        let known = date(2031, 1, 1).saturating_add(jiff::Span::new().days(day));
        let few = duties(&of("OH", ohio), &on(known), None, &law());
        let many = duties(&of("OH", ohio + more), &on(known), None, &law());
        prop_assert!(many.notices.len() >= few.notices.len());
        prop_assert!(many.notices.iter().all(|notice| notice.by > known));
    }
}
