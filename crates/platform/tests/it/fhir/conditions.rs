//! If-Match, If-None-Match and If-None-Exist.

use platform::fhir::{Answer, Interaction, Refusal};
use serde_json::json;

use super::desk::{desk, patient, refused};

#[test]
fn a_write_made_for_another_version_is_refused() {
    let desk = desk();
    let body = json!({"resourceType": "Patient", "id": "berg", "active": true}).to_string();
    let update = |if_match| {
        desk.ask(&Interaction::Update { kind: "Patient", id: "berg", body: body.as_bytes(), if_match })
    };
    let delete = |if_match| desk.ask(&Interaction::Delete { kind: "Patient", id: "berg", if_match });
    assert!(matches!(update(Some(1)), Ok(Answer::Updated(stored)) if stored.version == 2));
    let before = desk.digest();
    for wrong in [0, 1, 3, u64::MAX] {
        assert_eq!(refused(update(Some(wrong))), Refusal::VersionMismatch);
        assert_eq!(refused(delete(Some(wrong))), Refusal::VersionMismatch);
    }
    assert_eq!(desk.digest(), before);
    assert_eq!(delete(Some(2)).unwrap(), Answer::Deleted(3));
    assert_eq!(refused(update(Some(2))), Refusal::VersionMismatch, "a tombstone is a version, too");
    let new = json!({"resourceType": "Patient", "id": "new"}).to_string();
    let create = Interaction::Update { kind: "Patient", id: "new", body: new.as_bytes(), if_match: Some(1) };
    assert_eq!(refused(desk.ask(&create)), Refusal::VersionMismatch, "there is nothing to match");
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    let desk = desk();
    let read =
        |known_version| desk.ask(&Interaction::Read { kind: "Patient", id: "berg", known_version }).unwrap();
    assert!(matches!(read(Some(1)), Answer::NotModified(_)));
    assert!(matches!(read(Some(2)), Answer::Resource(_)));
    desk.update("Patient", "berg", &json!({"resourceType": "Patient", "id": "berg"})).unwrap();
    assert!(matches!(read(Some(1)), Answer::Resource(_)));
}

#[test]
fn a_conditional_create_makes_one_only_if_there_is_none() {
    let desk = desk();
    let body = patient("Moor").to_string();
    let create = |condition| {
        desk.ask(&Interaction::Create {
            kind: "Patient",
            body: body.as_bytes(),
            if_none_exist: Some(condition),
        })
    };
    assert!(matches!(create("family=moor"), Ok(Answer::Created(_))));
    let before = desk.digest();
    assert!(matches!(create("family=moor"), Ok(Answer::Resource(stored)) if stored.version == 1));
    let found = create("identifier=http://mrn.example|berg");
    assert!(matches!(found, Ok(Answer::Resource(stored)) if stored.id == "berg"));
    assert_eq!(refused(create("birthdate=lt2000")), Refusal::Ambiguous);
    for condition in ["", "_count=1", "nonsense=1", "birthdate=x", "family=moor&nonsense=1"] {
        assert_eq!(refused(create(condition)), Refusal::Malformed, "'{condition}'");
    }
    assert_eq!(desk.digest(), before);
    desk.delete("Patient", "berg").unwrap();
    assert!(
        matches!(create("identifier=http://mrn.example|berg"), Ok(Answer::Created(_))),
        "the deleted do not count"
    );
}
