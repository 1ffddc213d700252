//! Writes to what a condition selects.

use platform::fhir::{Answer, FhirError, Interaction, Refusal};
use serde_json::{Value, json};

use super::desk::{Desk, desk, json_of, patient, refused};

const BERG: &str = "identifier=http://mrn.example|berg";
const NOBODY: &str = "identifier=http://mrn.example|nobody";
const BOTH: &str = "birthdate=lt2000";

fn update(desk: &Desk, condition: &str, body: &Value) -> Result<Answer, FhirError> {
    let body = body.to_string();
    desk.ask(&Interaction::ConditionalUpdate { kind: "Patient", condition, body: body.as_bytes() })
}

fn delete(desk: &Desk, condition: &str) -> Result<Answer, FhirError> {
    desk.ask(&Interaction::ConditionalDelete { kind: "Patient", condition })
}

fn patch(desk: &Desk, condition: &str, if_match: Option<u64>) -> Result<Answer, FhirError> {
    let patch = br#"[{"op": "add", "path": "/active", "value": true}]"#;
    desk.ask(&Interaction::ConditionalPatch { kind: "Patient", condition, patch, if_match })
}

#[test]
fn an_update_goes_to_the_one_that_is_found() {
    let desk = desk();
    for (body, version) in [
        (patient("Without id"), 2),
        (
            json!({"resourceType": "Patient", "id": "berg", "active": true,
            "identifier": [{"system": "http://mrn.example", "value": "berg"}]}),
            2,
        ),
    ] {
        let updated = update(&desk, BERG, &body);
        assert!(
            matches!(&updated, Ok(Answer::Updated(stored)) if (stored.id.as_str(), stored.version) == ("berg", version)),
            "{updated:?}"
        );
        let event = desk.last().event;
        assert_eq!((event.kind.as_str(), event.subject.as_deref()), ("fhir.update", Some("Patient/berg")));
        assert_eq!((&event.detail["condition"], &event.detail["id"]), (&json!(BERG), &json!("berg")));
        desk.platform.undo(&desk.access()).unwrap();
    }
}

#[test]
fn an_update_that_finds_none_creates_one() {
    let desk = desk();
    let Ok(Answer::Created(made)) = update(&desk, NOBODY, &patient("Moor")) else { panic!("not created") };
    assert_eq!((made.version, made.id.len()), (1, 12), "the server gives the id");
    let mut body = patient("Moor");
    body["id"] = json!("own-id");
    let Ok(Answer::Created(made)) = update(&desk, NOBODY, &body) else { panic!("not created") };
    assert_eq!((made.id.as_str(), json_of(&made)["id"].as_str()), ("own-id", Some("own-id")));
    desk.delete("Patient", "own-id").unwrap();
    let again = update(&desk, NOBODY, &body);
    assert!(
        matches!(again, Ok(Answer::Created(stored)) if stored.version == 3),
        "a tombstone is passed over"
    );
}

#[test]
fn a_patch_and_a_delete_go_to_the_one_that_is_found() {
    let desk = desk();
    assert_eq!(refused(patch(&desk, BERG, Some(7))), Refusal::VersionMismatch);
    let Ok(Answer::Updated(patched)) = patch(&desk, BERG, Some(1)) else { panic!("not patched") };
    assert_eq!((patched.id.as_str(), patched.method.as_str(), patched.version), ("berg", "PATCH", 2));
    assert_eq!(json_of(&patched)["active"], true);
    assert_eq!(delete(&desk, BERG).unwrap(), Answer::Deleted(3));
    let event = desk.last().event;
    assert_eq!((event.kind.as_str(), event.subject.as_deref()), ("fhir.delete", Some("Patient/berg")));
    assert_eq!(delete(&desk, BERG).unwrap(), Answer::Deleted(0), "what goes is not found again");
    assert_eq!(refused(patch(&desk, BERG, None)), Refusal::NotFound);
}

#[test]
fn what_selects_several_or_says_nothing_is_refused_and_changes_nothing() {
    let desk = desk();
    let before = desk.digest();
    let mut of_tal = patient("Moor");
    of_tal["id"] = json!("tal");
    assert_eq!(refused(update(&desk, BERG, &of_tal)), Refusal::Malformed, "the id is another one's");
    assert_eq!(refused(update(&desk, NOBODY, &of_tal)), Refusal::Conflict, "it is there and does not match");
    for (condition, refusal) in [
        (BOTH, Refusal::Ambiguous),
        ("", Refusal::Malformed),
        ("_count=1", Refusal::Malformed),
        ("nonsense=1", Refusal::Malformed),
        ("birthdate=x", Refusal::Malformed),
    ] {
        assert_eq!(refused(update(&desk, condition, &patient("Moor"))), refusal, "'{condition}'");
        assert_eq!(refused(delete(&desk, condition)), refusal, "'{condition}'");
        assert_eq!(refused(patch(&desk, condition, None)), refusal, "'{condition}'");
    }
    assert_eq!(desk.digest(), before);
}
