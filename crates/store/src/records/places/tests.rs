use serde_json::json;

use crate::StoreError;
use crate::records::*;

fn home() -> (Records, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let records = Records::open(&folder.path().join("platform.sqlite")).unwrap();
    let ana = Person {
        id: "ana".into(),
        login: "ana".into(),
        name: "Ana".into(),
        role: Role::Learner,
        created_us: 1,
    };
    records.person_add(&ana, None).unwrap();
    let host = Organisation {
        id: "h".into(),
        name: "Mercy".into(),
        kind: OrganisationKind::Host,
        parent: None,
        sourced_id: None,
        created_us: 1,
    };
    records.organisation_add(&host).unwrap();
    for id in ["p1", "p2"] {
        let place = PlaceRecord {
            id: id.into(),
            organisation: "h".into(),
            title: id.into(),
            about: String::new(),
            capacity: 1,
            begins_on: "2031-09-01".into(),
            ends_on: None,
            requirements: json!({"documents": []}),
            open: true,
            created_us: 1,
        };
        records.place_set(&place).unwrap();
    }
    (records, folder)
}

#[test]
fn a_list_of_wishes_is_replaced_whole() {
    let (records, _folder) = home();
    let ana: PersonId = "ana".into();
    records.wish_set(&ana, &["p1".into(), "p2".into()]).unwrap();
    records.wish_set(&ana, &["p2".into(), "p1".into()]).unwrap();
    let ranks: Vec<_> =
        records.wish_list().unwrap().into_iter().map(|wish| (wish.place, wish.rank)).collect();
    assert_eq!(ranks, [("p2".to_owned(), 1), ("p1".to_owned(), 2)]);
}

#[test]
fn a_document_with_other_days_has_to_be_checked_again() {
    let (records, _folder) = home();
    let ana: PersonId = "ana".into();
    records.document_set(&ana, "photo", None, 1).unwrap();
    assert!(records.document_check(&ana, "photo", "ines", 2).unwrap());
    assert_eq!(records.document_list_of(&ana).unwrap()[0].checked_by.as_deref(), Some("ines"));
    records.document_set(&ana, "photo", Some("2032-01-01"), 3).unwrap();
    assert_eq!(records.document_list_of(&ana).unwrap()[0].checked_by, None);
}

#[test]
fn a_round_is_decided_once() {
    let (records, _folder) = home();
    let run = |id: &str, round| MatchRun {
        id: id.into(),
        round,
        seed: u64::MAX,
        frozen: json!({}),
        outcome: json!({}),
        left_out: json!([]),
        by: "ines".into(),
        at_us: 5,
        published_us: None,
    };
    for (id, round) in [("a", 1), ("b", 1), ("c", 2)] {
        records.match_run_add(&run(id, round)).unwrap();
    }
    records.match_run_publish("a", 7).unwrap();
    for again in ["a", "b"] {
        assert!(matches!(records.match_run_publish(again, 8), Err(StoreError::Conflict { .. })));
    }
    records.match_run_publish("c", 9).unwrap();
    assert_eq!(records.match_run("a").unwrap().unwrap().seed, u64::MAX);
}
