use crate::StoreError;
use crate::records::*;

fn home() -> (Records, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let records = Records::open(&folder.path().join("platform.sqlite")).unwrap();
    for (id, role) in [("ana", Role::Learner), ("sam", Role::Associate)] {
        let person = Person { id: id.into(), login: id.into(), name: id.into(), role, created_us: 1 };
        records.person_add(&person, None).unwrap();
    }
    let host = Organisation {
        id: "h".into(),
        name: "Mercy".into(),
        kind: OrganisationKind::Host,
        parent: None,
        sourced_id: None,
        created_us: 1,
    };
    records.organisation_add(&host).unwrap();
    (records, folder)
}

fn entry(seq: u64) -> RecordEntry {
    RecordEntry { seq, at_us: 5, by: "ana".into(), body: "{}".into(), hash: format!("h{seq}") }
}

fn apprenticeship() -> Apprenticeship {
    Apprenticeship {
        id: "a".into(),
        apprentice: "ana".into(),
        employer: "h".into(),
        supervisor: "sam".into(),
        created_us: 1,
    }
}

#[test]
fn a_record_grows_by_one_writer_at_a_time_and_nothing_in_it_changes() {
    let (records, folder) = home();
    records.apprenticeship_add(&apprenticeship(), &entry(1)).unwrap();
    records.record_entry_add("a", &entry(2)).unwrap();
    let twice = records.record_entry_add("a", &entry(2));
    assert!(matches!(twice, Err(StoreError::Conflict { .. })), "{twice:?}");
    assert_eq!(records.record_entries("a").unwrap(), [entry(1), entry(2)]);
    assert_eq!(records.apprenticeship_list().unwrap(), [apprenticeship()]);
    let db = rusqlite::Connection::open(folder.path().join("platform.sqlite")).unwrap();
    let changed = db.execute("UPDATE apprenticeship_entries SET body = 'x'", []);
    assert!(changed.unwrap_err().to_string().contains("never changed"));
}

#[test]
fn a_link_is_withdrawn_by_its_owner_once() {
    let (records, _folder) = home();
    let (ana, sam): (PersonId, PersonId) = ("ana".into(), "sam".into());
    let link = ReadinessLink {
        id: "l".into(),
        person: ana.clone(),
        job: "j".into(),
        label: "Mercy".into(),
        created_us: 1,
        expires_us: 9,
        withdrawn_us: None,
    };
    records.readiness_link_add(&link).unwrap();
    for at_us in [3, 4] {
        records.readiness_look_add("l", &ReadinessLook { at_us, who: "somebody".into() }).unwrap();
    }
    assert_eq!(records.readiness_looks("l").unwrap()[0].at_us, 4);
    assert!(!records.readiness_link_withdraw(&sam, "l", 5).unwrap(), "not theirs");
    assert!(records.readiness_link_withdraw(&ana, "l", 5).unwrap());
    assert!(!records.readiness_link_withdraw(&ana, "l", 6).unwrap());
    assert_eq!(records.readiness_link("l").unwrap().unwrap().withdrawn_us, Some(5));
}

#[test]
fn particulars_come_and_go() {
    let (records, _folder) = home();
    let ana: PersonId = "ana".into();
    records.particulars_set(&ana, "one", 1).unwrap();
    records.particulars_set(&ana, "two", 2).unwrap();
    assert_eq!(records.particulars(&ana).unwrap().as_deref(), Some("two"));
    records.particulars_remove(&ana).unwrap();
    assert_eq!(records.particulars(&ana).unwrap(), None);
}
