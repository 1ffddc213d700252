use tempfile::TempDir;

use crate::records::*;

fn person(login: &str, role: Role) -> Person {
    Person {
        id: format!("id-{login}").into(),
        login: login.into(),
        name: login.to_uppercase(),
        role,
        created_us: 1,
    }
}

fn home() -> (Records, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let records = Records::open(&folder.path().join("platform.sqlite")).unwrap();
    for (login, role) in [("ana", Role::Learner), ("bo", Role::Learner), ("ines", Role::Instructor)] {
        records.person_add(&person(login, role), None).unwrap();
    }
    (records, folder)
}

fn change() -> RosterChange {
    RosterChange {
        at_us: 5,
        organisations: vec![RosterOrganisation {
            id: "o1".into(),
            sourced_id: "s1".into(),
            name: "Riverside".into(),
            parent: None,
        }],
        people: vec![person("cy", Role::Learner)],
        names: vec![("id-bo".into(), "Bo Keita".into())],
        known_as: vec![("u1".into(), "id-ana".into()), ("u3".into(), "id-cy".into())],
        members: vec![("o1".into(), "id-ana".into())],
        cohorts: vec![RosterCohort {
            id: "c1".into(),
            sourced_id: "k1".into(),
            title: "Health IT".into(),
            organisation: "o1".into(),
            begins_on: Some("2031-09-01".into()),
            ends_on: None,
        }],
        enrolments: vec![enrolment("ana", Part::Learner), enrolment("ines", Part::Instructor)],
        over: vec![],
    }
}

fn enrolment(login: &str, part: Part) -> Enrolment {
    Enrolment {
        cohort: "c1".into(),
        person: format!("id-{login}").into(),
        part,
        begins_on: None,
        ends_on: None,
    }
}

#[test]
fn a_class_list_can_be_applied_again_and_takes_back_what_it_says_is_over() {
    let (records, _folder) = home();
    records.roster_apply(&change()).unwrap();
    records.enrolment_set_extra_days("c1", &"id-ana".into(), 7).unwrap();
    let again = RosterChange { people: vec![], over: vec![("c1".into(), "id-ines".into())], ..change() };
    records.roster_apply(&again).unwrap();
    let members = records.enrolment_list("c1").unwrap();
    let told: Vec<_> = members.iter().map(|one| (one.person.login.as_str(), one.extra_days)).collect();
    assert_eq!(told, [("ana", 7)], "days that were added stay");
    assert_eq!(records.roster_people().unwrap().len(), 2);
    assert_eq!(records.cohort_list().unwrap()[0].1, 1);
    assert_eq!(records.person(&"id-bo".into()).unwrap().unwrap().name, "Bo Keita");
}

#[test]
fn a_class_list_with_a_taken_login_changes_nothing() {
    let (records, _folder) = home();
    let taken = RosterChange { people: vec![person("ANA", Role::Learner)], ..change() };
    assert!(matches!(records.roster_apply(&taken), Err(crate::StoreError::Conflict { .. })));
    assert!(records.organisation_list().unwrap().is_empty());
}

#[test]
fn grades_changed_by_hand_are_only_added() {
    let (records, _folder) = home();
    records.roster_apply(&change()).unwrap();
    let first = GradeChange {
        person: "id-ana".into(),
        lab: "first-shift".into(),
        score: Some(0.9),
        computed: 0.4,
        reason: "The network was down".into(),
        by: "ines".into(),
        at_us: 7,
    };
    let back = GradeChange { score: None, reason: "It was not".into(), at_us: 8, ..first.clone() };
    records.grade_change_add("c1", &first).unwrap();
    records.grade_change_add("c1", &back).unwrap();
    assert_eq!(records.grade_change_list("c1").unwrap(), [first, back]);
}

#[test]
fn a_database_from_before_keeps_everybody_s_tokens_when_the_table_of_people_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("platform.sqlite");
    let old = rusqlite::Connection::open(&path).unwrap();
    for script in [
        include_str!("../migrations/0001-first.sql"),
        include_str!("../migrations/0002-labs.sql"),
        include_str!("../migrations/0003-credentials.sql"),
        include_str!("../migrations/0004-kit-runs.sql"),
    ] {
        old.execute_batch(script).unwrap();
    }
    old.execute_batch(
        "INSERT INTO people VALUES('id-ana', 'ana', 'Ana', 'learner', NULL, 1);
         INSERT INTO tokens VALUES(zeroblob(32), 'id-ana', 'mine', 1, NULL);
         INSERT INTO sandboxes VALUES('sandbox1', 'id-ana', 'general', 'T', 1, 1);
         PRAGMA user_version = 4;",
    )
    .unwrap();
    drop(old);
    let records = Records::open(&path).unwrap();
    assert_eq!(records.token_list(&"id-ana".into()).unwrap().len(), 1);
    assert_eq!(records.sandbox_list().unwrap().len(), 1);
    records.person_add(&person("mo", Role::Associate), None).unwrap();
}
