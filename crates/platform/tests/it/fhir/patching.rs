//! JSON Patch, alone and in bundles.

use data_encoding::BASE64;
use platform::fhir::{Answer, FhirError, Interaction, Refusal};
use serde_json::{Value, json};

use super::desk::{Desk, desk, entry, json_of, patient, refused, statuses};

fn patch(desk: &Desk, id: &str, patch: &Value) -> Result<Answer, FhirError> {
    let patch = patch.to_string();
    desk.ask(&Interaction::Patch { kind: "Patient", id, patch: patch.as_bytes(), if_match: None })
}

/// A patch as an entry carries it.
fn binary(patch: &Value) -> Value {
    let data = BASE64.encode(patch.to_string().as_bytes());
    json!({"resourceType": "Binary", "contentType": "application/json-patch+json", "data": data})
}

#[test]
fn a_patch_makes_the_next_version_and_leaves_the_rest_as_it_was_written() {
    let desk = desk();
    let weight = r#"{"resourceType":"Observation","status":"final","code":{"text":"weight"},
        "valueQuantity":{"value":80.10,  "unit":"kg"}}"#;
    let id = desk.create("Observation", weight).unwrap().id;
    let patch = br#"[{"op":"test","path":"/status","value":"final"},{"op":"replace","path":"/status","value":"amended"}]"#;
    let asked = Interaction::Patch { kind: "Observation", id: &id, patch, if_match: Some(1) };
    let Ok(Answer::Updated(patched)) = desk.ask(&asked) else { panic!("not patched") };
    let text = String::from_utf8(patched.body.clone()).unwrap();
    assert!(text.contains(r#"{"value":80.10,  "unit":"kg"}"#), "{text}");
    assert_eq!((json_of(&patched)["meta"]["versionId"].as_str(), patched.version), (Some("2"), 2));
    let event = desk.last().event;
    assert_eq!((event.kind.as_str(), event.outcome.as_str()), ("fhir.patch", "ok"));
    assert_eq!((&event.detail["id"], &event.detail["version"]), (&json!(id), &json!(2)));
    assert_eq!(desk.read("Observation", &id).unwrap(), patched);
    let history = desk.history("Observation", Some(&id), 1).unwrap();
    assert_eq!(
        history["entry"][0]["request"],
        json!({"method": "PATCH", "url": format!("Observation/{id}")})
    );
    let found = desk.search("Observation", &format!("_id={id}&status=amended")).unwrap();
    assert_eq!(found["total"], 1, "the index follows");
}

#[test]
fn a_patch_that_cannot_be_applied_changes_nothing_and_names_its_operation() {
    let desk = desk();
    let before = desk.digest();
    let cases = [
        (json!({}), Refusal::Malformed, None),
        (json!([{"op": "drop", "path": "/name"}]), Refusal::Malformed, Some("patch[0]")),
        (
            json!([{"op": "remove", "path": "/name"}, {"op": "remove", "path": "/photo"}]),
            Refusal::Unprocessable,
            Some("patch[1]"),
        ),
        (
            json!([{"op": "remove", "path": "/name"}, {"op": "test", "path": "/birthDate", "value": "1950-01-02"}]),
            Refusal::Conflict,
            Some("patch[1]"),
        ),
        (json!([{"op": "add", "path": "/shoes", "value": 2}]), Refusal::Unprocessable, Some("Patient.shoes")),
        (json!([{"op": "remove", "path": "/name/0"}]), Refusal::Unprocessable, Some("Patient.name")),
        (json!([{"op": "replace", "path": "/id", "value": "tal"}]), Refusal::Unprocessable, None),
        (json!([{"op": "remove", "path": "/id"}]), Refusal::Unprocessable, None),
        (json!([{"op": "replace", "path": "/resourceType", "value": "Group"}]), Refusal::Unprocessable, None),
        (json!([{"op": "replace", "path": "", "value": []}]), Refusal::Unprocessable, None),
    ];
    for (operations, refusal, place) in cases {
        let error = patch(&desk, "berg", &operations).expect_err(&operations.to_string());
        assert_eq!(error.refusal, refusal, "{operations}: {error}");
        assert_eq!(error.issues[0].expression.as_deref(), place, "{operations}: {error}");
        let event = desk.last().event;
        assert_eq!((event.kind.as_str(), event.outcome.as_str()), ("fhir.patch", refusal.word()));
    }
    assert_eq!(refused(patch(&desk, "never", &json!([]))), Refusal::NotFound);
    assert_eq!(desk.digest(), before);
    desk.delete("Patient", "berg").unwrap();
    assert_eq!(refused(patch(&desk, "berg", &json!([]))), Refusal::Gone);
}

#[test]
fn bundles_carry_patches_and_conditions() {
    let activate = json!([{"op": "add", "path": "/active", "value": true}]);
    let tal = "Patient?identifier=http://mrn.example|tal";
    let entries = json!([
        entry("GET", "Patient/berg?_elements=active", Value::Null),
        entry("PATCH", "Patient/berg", binary(&activate)),
        entry("PATCH", tal, binary(&activate)),
        entry("PUT", "Patient?family=Moor", patient("Moor")),
        entry("DELETE", "Observation?_id=w1", Value::Null),
        entry("GET", "_history?_count=2", Value::Null),
        entry("GET", "Patient/_history?_count=1", Value::Null),
    ]);
    for kind in ["transaction", "batch"] {
        let desk = desk();
        let answer = desk.bundle(kind, entries.clone()).unwrap();
        assert_eq!(statuses(&answer), ["200", "200", "200", "201", "204", "200", "200"], "{kind}: {answer}");
        let first = &answer["entry"][0]["resource"];
        assert_eq!((first["id"].as_str(), &first["birthDate"]), (Some("berg"), &Value::Null));
        for id in ["berg", "tal"] {
            assert_eq!(json_of(&desk.read("Patient", id).unwrap())["active"], true, "{kind}");
        }
        assert_eq!(refused(desk.read("Observation", "w1")), Refusal::Gone);
        assert_eq!(answer["entry"][5]["resource"]["entry"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn a_transaction_refers_to_what_a_condition_finds_or_makes() {
    let desk = desk();
    let of = |full_url: &str| json!({"resourceType": "Observation", "status": "final", "code": {"text": "c"}, "subject": {"reference": full_url}});
    let with_url = |mut entry: Value, full_url: &str| {
        entry["fullUrl"] = full_url.into();
        entry
    };
    let mut own = patient("Own");
    own["id"] = json!("own-id");
    let answer = desk.bundle(
        "transaction",
        json!([
            entry("POST", "Observation", of("urn:uuid:1")),
            entry("POST", "Observation", of("urn:uuid:2")),
            with_url(
                entry("PUT", "Patient?identifier=http://mrn.example|berg", patient("Berg")),
                "urn:uuid:1"
            ),
            with_url(entry("PUT", "Patient?family=Own", own), "urn:uuid:2"),
        ]),
    );
    assert_eq!(statuses(&answer.unwrap()), ["201", "201", "200", "201"]);
    for reference in ["Patient/berg", "Patient/own-id"] {
        let found = desk.search("Observation", &format!("subject={reference}&code:text=c")).unwrap();
        assert_eq!(found["total"], 1, "{reference}: {found}");
    }
}

#[test]
fn a_transaction_with_one_bad_patch_or_condition_changes_nothing() {
    let desk = desk();
    let before = desk.digest();
    let failing = json!([{"op": "test", "path": "/active", "value": true}]);
    let good = entry("POST", "Patient", patient("Moor"));
    let wrong_media = json!({"resourceType": "Binary", "contentType": "text/plain", "data": "W10="});
    let cases = [
        (entry("PATCH", "Patient/berg", binary(&failing)), Refusal::Unprocessable),
        (entry("PATCH", "Patient/berg", wrong_media), Refusal::Malformed),
        (entry("PATCH", "Patient/berg", json!({"resourceType": "Parameters"})), Refusal::Malformed),
        (entry("PATCH", "Patient/berg", Value::Null), Refusal::Malformed),
        (entry("PATCH", "Patient?family=Nobody", binary(&json!([]))), Refusal::NotFound),
        (entry("PUT", "Patient?birthdate=lt2000", patient("Moor")), Refusal::Ambiguous),
        (entry("DELETE", "Patient?birthdate=lt2000", Value::Null), Refusal::Ambiguous),
        (entry("DELETE", "Patient", Value::Null), Refusal::Malformed),
    ];
    for (bad, refusal) in cases {
        let error = desk.bundle("transaction", json!([good, bad])).expect_err(&bad.to_string());
        assert_eq!(error.refusal, refusal, "{bad}: {error}");
        assert_eq!(error.issues[0].expression.as_deref(), Some("Bundle.entry[1]"), "{bad}: {error}");
        assert_eq!(desk.digest(), before, "{bad}");
    }
    let twice = json!([
        entry("PATCH", "Patient/berg", binary(&json!([]))),
        entry("PUT", "Patient?identifier=http://mrn.example|berg", patient("Berg")),
    ]);
    assert_eq!(refused(desk.bundle("transaction", twice)), Refusal::Malformed, "written twice");
}
