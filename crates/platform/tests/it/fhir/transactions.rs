//! Transactions: all or nothing, with references between entries (R4, 3.1.0.11.2).

use platform::fhir::Refusal;
use serde_json::{Value, json};

use super::desk::{BASE, Desk, desk, entry, ids, json_of, patient, refused, statuses};

fn with_url(full_url: &str, mut entry: Value) -> Value {
    entry["fullUrl"] = full_url.into();
    entry
}

fn observation(subject: &str) -> Value {
    json!({"resourceType": "Observation", "status": "final", "code": {"text": "c"}, "subject": {"reference": subject}})
}

/// The id in the location of a response entry.
fn located(response: &Value, at: usize) -> String {
    let location = response["entry"][at]["response"]["location"].as_str().unwrap();
    let rest = location.strip_prefix(&format!("{BASE}/")).unwrap();
    rest.split('/').nth(1).unwrap().to_owned()
}

fn subject(desk: &Desk, kind: &str, id: &str) -> String {
    json_of(&desk.read(kind, id).unwrap())["subject"]["reference"].as_str().unwrap().to_owned()
}

#[test]
fn everything_happens_in_the_standards_order_and_answers_in_the_clients() {
    let desk = desk();
    let entries = json!([
        entry("GET", "Patient?family=moor,berg,tal&_sort=family", Value::Null),
        entry(
            "PUT",
            "Patient/tal",
            json!({"resourceType": "Patient", "id": "tal", "name": [{"family": "Tal"}]})
        ),
        entry("POST", "Patient", patient("Moor")),
        entry("DELETE", "Patient/berg", Value::Null),
        entry("GET", "Patient/tal", Value::Null),
    ]);
    let response = desk.bundle("transaction", entries).unwrap();
    assert_eq!(response["type"], "transaction-response");
    assert_eq!(statuses(&response), ["200", "200", "201", "204", "200"]);
    let created = located(&response, 2);
    assert_eq!(
        ids(&response["entry"][0]["resource"]),
        [created.as_str(), "tal"],
        "reads see what was written"
    );
    assert_eq!(response["entry"][4]["resource"]["meta"]["versionId"], "2");
    assert_eq!(response["entry"][4]["response"]["etag"], "W/\"2\"");
}

#[test]
fn references_between_entries_hold_in_any_order_and_in_circles() {
    let desk = desk();
    let linked = |from: &str, to: &str| {
        let mut resource = patient("Moor");
        resource["link"] = json!([{"other": {"reference": to}, "type": "seealso"}]);
        with_url(from, entry("POST", "Patient", resource))
    };
    let (one, two, three) = ("urn:uuid:11111111-1111-4111-8111-111111111111", "urn:uuid:2", "urn:uuid:3");
    let entries = json!([
        with_url(three, entry("POST", "Observation", observation(one))),
        linked(one, two),
        linked(two, one),
    ]);
    let response = desk.bundle("transaction", entries).unwrap();
    let (observation, first, second) = (located(&response, 0), located(&response, 1), located(&response, 2));
    assert_eq!(subject(&desk, "Observation", &observation), format!("Patient/{first}"));
    let other =
        |id: &str| json_of(&desk.read("Patient", id).unwrap())["link"][0]["other"]["reference"].clone();
    assert_eq!(
        (other(&first), other(&second)),
        (json!(format!("Patient/{second}")), json!(format!("Patient/{first}")))
    );
    let found = desk.search("Observation", &format!("subject=Patient/{first}")).unwrap();
    assert_eq!(ids(&found), [observation.as_str()], "the index has the real reference");
}

#[test]
fn only_references_are_rewritten() {
    let desk = desk();
    let mut resource = patient("urn:uuid:1 Moor");
    resource["identifier"] = json!([{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:1"}]);
    let response = desk
        .bundle("transaction", json!([with_url("urn:uuid:1", entry("POST", "Patient", resource))]))
        .unwrap();
    let stored = json_of(&desk.read("Patient", &located(&response, 0)).unwrap());
    assert_eq!(stored["identifier"][0]["value"], "urn:uuid:1");
    assert_eq!(stored["name"][0]["family"], "urn:uuid:1 Moor");
}

#[test]
fn references_to_entries_under_their_own_addresses_are_made_short() {
    let desk = desk();
    let full_url = "http://elsewhere.example/fhir/Patient/moor";
    let mut moor = patient("Moor");
    moor["id"] = json!("moor");
    let entries = json!([
        entry("POST", "Observation", observation(full_url)),
        with_url(full_url, entry("PUT", "Patient/moor", moor)),
    ]);
    let response = desk.bundle("transaction", entries).unwrap();
    assert_eq!(subject(&desk, "Observation", &located(&response, 0)), "Patient/moor");
}

#[test]
fn conditional_references_stand_for_the_one_that_meets_them() {
    let desk = desk();
    for condition in
        ["family=tal", "identifier=http://mrn.example|tal", "identifier=http:\\/\\/mrn.example|tal"]
    {
        let body = observation(&format!("Patient?{condition}")).to_string().replace("\\\\/", "\\/");
        let bundle = format!(
            r#"{{"resourceType":"Bundle","type":"transaction","entry":[{{"resource":{body},"request":{{"method":"POST","url":"Observation"}}}}]}}"#
        );
        let answer = desk
            .ask(&platform::fhir::Interaction::Bundle {
                body: bundle.as_bytes(),
                give: platform::fhir::Give::Minimal,
            })
            .unwrap();
        let platform::fhir::Answer::Made(bytes) = answer else { panic!() };
        let response: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(subject(&desk, "Observation", &located(&response, 0)), "Patient/tal", "{condition}");
    }
    let before = desk.digest();
    for (condition, expected) in [
        ("Patient?family=nobody", Refusal::Ambiguous),
        ("Patient?birthdate=lt2000", Refusal::Ambiguous),
        ("Patient?shoe-size=1", Refusal::Malformed),
        ("Patient?", Refusal::Malformed),
        ("Nonsense?family=tal", Refusal::NotFound),
    ] {
        let entries = json!([
            entry("POST", "Patient", patient("Moor")),
            entry("POST", "Observation", observation(condition))
        ]);
        assert_eq!(refused(desk.bundle("transaction", entries)), expected, "{condition}");
    }
    assert_eq!(desk.digest(), before);
}

#[test]
fn conditional_creates_point_their_references_at_what_was_found() {
    let desk = desk();
    let mut known = with_url("urn:uuid:1", entry("POST", "Patient", patient("Tal")));
    known["request"]["ifNoneExist"] = json!("identifier=http://mrn.example|tal");
    let response = desk
        .bundle("transaction", json!([entry("POST", "Observation", observation("urn:uuid:1")), known]))
        .unwrap();
    assert_eq!(statuses(&response), ["201", "200"]);
    assert_eq!(subject(&desk, "Observation", &located(&response, 0)), "Patient/tal");
    let found = desk.journal().into_iter().find(|entry| entry.event.detail["existed"] == true).unwrap();
    assert_eq!(found.event.subject.as_deref(), Some("Patient/tal"));
}

#[test]
fn what_a_transaction_deletes_is_not_found_by_its_conditions() {
    let desk = desk();
    let mut again = entry("POST", "Patient", patient("Tal"));
    again["request"]["ifNoneExist"] = json!("identifier=http://mrn.example|tal");
    let response =
        desk.bundle("transaction", json!([again, entry("DELETE", "Patient/tal", Value::Null)])).unwrap();
    assert_eq!(statuses(&response), ["201", "204"]);
    let onto_the_gone = json!([
        entry("POST", "Observation", observation("Patient?family=berg")),
        entry("DELETE", "Patient/berg", Value::Null)
    ]);
    assert_eq!(refused(desk.bundle("transaction", onto_the_gone)), Refusal::Ambiguous);
}

#[test]
fn one_bad_entry_undoes_all() {
    let desk = desk();
    let before = desk.digest();
    let tal = || json!({"resourceType": "Patient", "id": "tal"});
    let mut stale = entry("PUT", "Patient/tal", tal());
    stale["request"]["ifMatch"] = json!("W/\"7\"");
    let mut garbled = entry("PUT", "Patient/tal", tal());
    garbled["request"]["ifMatch"] = json!("seven");
    let mut ambiguous = entry("POST", "Observation", observation("Patient/tal"));
    ambiguous["request"]["ifNoneExist"] = json!("status=final");
    let bad = [
        (entry("GET", "Patient/never", Value::Null), Refusal::NotFound),
        (entry("GET", "Nonsense", Value::Null), Refusal::NotFound),
        (entry("GET", "Patient?birthdate=x", Value::Null), Refusal::Malformed),
        (entry("POST", "Patient", json!({"resourceType": "Patient", "shoes": 2})), Refusal::Unprocessable),
        (entry("POST", "Patient", json!({"resourceType": "Group"})), Refusal::Malformed),
        (entry("POST", "Patient", Value::Null), Refusal::Malformed),
        (entry("POST", "", patient("Moor")), Refusal::Malformed),
        (entry("POST", "Patient/x", patient("Moor")), Refusal::Malformed),
        (entry("PUT", "Patient", patient("Moor")), Refusal::Malformed),
        (entry("PUT", "Patient/a%20b", patient("Moor")), Refusal::Malformed),
        (entry("PATCH", "Patient/tal", patient("Moor")), Refusal::Malformed),
        (entry("HEAD", "Patient/tal", Value::Null), Refusal::Malformed),
        (entry("get", "Patient/tal", Value::Null), Refusal::Malformed),
        (entry("DELETE", "Patient", Value::Null), Refusal::Malformed),
        (stale, Refusal::VersionMismatch),
        (garbled, Refusal::Malformed),
        (ambiguous, Refusal::Ambiguous),
        (json!({"resource": patient("Moor")}), Refusal::Malformed),
        (json!({"request": {"method": "GET"}}), Refusal::Malformed),
        (json!({"request": {"method": 7, "url": "Patient"}}), Refusal::Malformed),
        (json!(7), Refusal::Malformed),
    ];
    for (bad, expected) in bad {
        let good = [
            entry("POST", "Patient", patient("Moor")),
            entry("DELETE", "Patient/berg", Value::Null),
            entry(
                "PUT",
                "Observation/w2",
                json!({"resourceType": "Observation", "id": "w2", "status": "final", "code": {"text": "c"}}),
            ),
        ];
        for at in [0, 3] {
            let mut entries = good.to_vec();
            entries.insert(at, bad.clone());
            let error = desk.bundle("transaction", entries).expect_err(&bad.to_string());
            assert_eq!(error.refusal, expected, "{bad}: {error}");
            assert_eq!(desk.digest(), before, "{bad}");
        }
    }
    let journalled = desk.journal();
    assert!(journalled.iter().all(|entry| entry.event.kind != "fhir.create"), "no entry of what was undone");
}

#[test]
fn no_resource_is_written_twice() {
    let desk = desk();
    let before = desk.digest();
    let put = || entry("PUT", "Patient/tal", json!({"resourceType": "Patient", "id": "tal"}));
    let delete = || entry("DELETE", "Patient/tal", Value::Null);
    for twice in [[put(), put()], [put(), delete()], [delete(), delete()]] {
        assert_eq!(refused(desk.bundle("transaction", twice.to_vec())), Refusal::Malformed, "{twice:?}");
    }
    assert_eq!(desk.digest(), before);
}

#[test]
fn a_transaction_is_one_step_to_undo() {
    let desk = desk();
    let before = desk.digest();
    let entries =
        json!([entry("POST", "Patient", patient("Moor")), entry("DELETE", "Patient/tal", Value::Null)]);
    desk.bundle("transaction", entries).unwrap();
    assert!(desk.platform.undo(&desk.access()).unwrap());
    assert_eq!(desk.digest(), before);
    assert!(!desk.platform.undo(&desk.access()).unwrap());
}
