use super::{Case, CaseState, CaseworkError, Evidence, Finding, KeptRule, SavedHunt, Severity, Suppression};
use crate::detection::{Alert, Hit};

fn case() -> Case {
    Case::open("c1".to_owned(), " Who looked at the mayor? ", Severity::High, "ana", 10).unwrap()
}

fn evidence(seq: i64) -> Evidence {
    Evidence {
        seq,
        hash: "ab".repeat(32),
        what: "fhir.read".to_owned(),
        why: "outside the care".to_owned(),
        by: "ana".to_owned(),
        at_us: 20,
    }
}

#[test]
fn a_case_grows_and_is_closed_with_a_reason() {
    let mut case = case();
    assert_eq!(case.title, "Who looked at the mayor?");
    case.note("Asked the ward.", "ana", 11).unwrap();
    case.pin(evidence(7)).unwrap();
    assert_eq!(case.pin(evidence(7)), Err(CaseworkError::Pinned(7)));
    assert!(matches!(
        case.pin(Evidence { why: " ".to_owned(), ..evidence(8) }),
        Err(CaseworkError::Length { .. })
    ));
    assert!(case.close(Finding::Confirmed, "short", "ana", 12).is_err());
    case.close(Finding::Confirmed, "Three people had no part in the care.", "ana", 12).unwrap();
    assert_eq!(case.note("More.", "ana", 13), Err(CaseworkError::Closed));
    assert_eq!(case.pin(evidence(9)), Err(CaseworkError::Closed));
    case.reopen("A fourth was found in the log.", "bo", 14).unwrap();
    assert_eq!((case.state, case.notes.len(), case.evidence.len()), (CaseState::Open, 3, 1));
    let kept = serde_json::to_string(&case).unwrap();
    assert_eq!(serde_json::from_str::<Case>(&kept).unwrap(), case);
}

#[test]
fn titles_and_names_are_bounded() {
    assert!(Case::open("c".to_owned(), "", Severity::Low, "ana", 0).is_err());
    assert!(Case::open("c".to_owned(), &"x".repeat(121), Severity::Low, "ana", 0).is_err());
    for bad in ["", "Ä", "a b", "../x", &"x".repeat(61)] {
        assert!(KeptRule::new(bad).is_err() && SavedHunt::new(bad, "x", "", "ana", 0).is_err(), "{bad}");
    }
    assert!(SavedHunt::new("night", " ", "", "ana", 0).is_err());
}

#[test]
fn a_rule_keeps_its_versions() {
    let mut rule = KeptRule::new("many-charts").unwrap();
    rule.save("title: A", "", "ana", 1).unwrap();
    rule.save("title: B", "less noise", "ana", 2).unwrap();
    assert_eq!(
        (rule.text(), rule.versions[0].text.as_str(), rule.versions[1].number),
        ("title: B", "title: A", 2)
    );
}

#[test]
fn a_suppression_is_about_one_thing_and_ends() {
    let hour_us = 3_600_000_000;
    let quiet = Suppression::new(
        "s".to_owned(),
        ("r", "user", "etl"),
        2,
        "The nightly job, agreed.",
        "ana",
        10 * hour_us,
    )
    .unwrap();
    let alert = |rule: &str, user: &str, hour: i64| Alert {
        hit: Hit {
            rule: rule.to_owned(),
            title: "R".to_owned(),
            level: "low".to_owned(),
            tags: Vec::new(),
            group: vec![("user".to_owned(), user.to_owned())],
            value: 1.0,
            seq: 1,
            time_us: hour * hour_us,
        },
        last_us: hour * hour_us,
        hits: 1,
        value: 1.0,
        seqs: vec![1],
    };
    for (rule, user, hour, covered) in [
        ("r", "etl", 9, true),
        ("r", "etl", 11, true),
        ("r", "etl", 12, false),
        ("r", "eve", 11, false),
        ("q", "etl", 11, false),
    ] {
        assert_eq!(quiet.covers(&alert(rule, user, hour)), covered, "{rule} {user} {hour}");
    }
    let again = |hours, why| Suppression::new("s".to_owned(), ("r", "user", "etl"), hours, why, "ana", 0);
    assert!(
        again(0, "The nightly job, agreed.").is_err() && again(10_000, "The nightly job, agreed.").is_err()
    );
    assert!(again(1, "noise").is_err());
}
