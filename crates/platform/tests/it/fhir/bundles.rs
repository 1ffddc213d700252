//! Batches, and Bundles that are neither batch nor transaction.

use platform::fhir::{Answer, Give, Interaction, Refusal};
use serde_json::{Value, json};

use super::desk::{desk, entry, ids, patient, refused, statuses};

#[test]
fn each_entry_of_a_batch_is_for_itself() {
    let desk = desk();
    let mut stale = entry("DELETE", "Patient/tal", Value::Null);
    stale["request"]["ifMatch"] = json!("W/\"9\"");
    let mut known = entry("GET", "Patient/tal", Value::Null);
    known["request"]["ifNoneMatch"] = json!("W/\"1\"");
    let mut conditional = entry("POST", "Patient", patient("Tal"));
    conditional["request"]["ifNoneExist"] = json!("family=tal");
    let entries = json!([
        entry("GET", "Patient/berg", Value::Null),
        entry("GET", "Patient/never", Value::Null),
        entry("POST", "Patient", patient("Moor")),
        entry("POST", "Patient", json!({"resourceType": "Patient", "shoes": 2})),
        entry("DELETE", "Patient/berg", Value::Null),
        entry("GET", "Patient/berg", Value::Null),
        stale,
        known,
        conditional,
        entry("GET", "/Patient?family=moor", Value::Null),
        entry("GET", "Patient/tal/_history/1", Value::Null),
        entry("GET", "Patient/tal/_history", Value::Null),
        entry("PATCH", "Patient/tal", Value::Null),
        json!({"resource": patient("Moor")}),
        entry("GET", "Nonsense", Value::Null),
    ]);
    let response = desk.bundle("batch", entries).unwrap();
    assert_eq!(response["type"], "batch-response");
    let expected = [
        "200", "404", "201", "422", "204", "410", "412", "304", "200", "200", "200", "200", "400", "400",
        "404",
    ];
    assert_eq!(statuses(&response), expected);
    for (at, status) in expected.iter().enumerate() {
        let outcome = &response["entry"][at]["response"]["outcome"];
        assert_eq!(outcome["resourceType"] == "OperationOutcome", *status >= "400", "entry {at}");
        let told = outcome["issue"][0]["diagnostics"].as_str().unwrap_or_default();
        assert!(*status < "400" || told.starts_with(&format!("entry {at}: ")), "{told}");
    }
    assert_eq!(response["entry"][0]["resource"]["id"], "berg");
    assert_eq!(ids(&response["entry"][9]["resource"]).len(), 1);
    let refused = desk.journal().iter().filter(|entry| entry.event.outcome != "ok").count();
    assert_eq!(refused, 7, "every refused entry is journalled, whatever it asked for");
}

#[test]
fn what_entries_wrote_is_given_back_as_preferred() {
    let gave = |kind: &str, give: Give| {
        let desk = desk();
        let entries = json!([
            entry("POST", "Patient", patient("Moor")),
            entry("PUT", "Patient/tal", json!({"resourceType": "Patient", "id": "tal", "active": true})),
            entry("DELETE", "Patient/berg", Value::Null),
            entry("GET", "Patient/tal", Value::Null),
        ]);
        let body = json!({"resourceType": "Bundle", "type": kind, "entry": entries}).to_string();
        let Answer::Made(made) = desk.ask(&Interaction::Bundle { body: body.as_bytes(), give }).unwrap()
        else {
            panic!("no bundle")
        };
        let response: Value = serde_json::from_slice(&made).unwrap();
        let of = |at: usize, pointer: &str| response["entry"][at].pointer(pointer).is_some();
        let resources: Vec<bool> = (0..4).map(|at| of(at, "/resource")).collect();
        let outcomes: Vec<bool> = (0..4).map(|at| of(at, "/response/outcome")).collect();
        (resources, outcomes)
    };
    let none = vec![false; 4];
    for kind in ["batch", "transaction"] {
        assert_eq!(gave(kind, Give::Minimal), (vec![false, false, false, true], none.clone()), "{kind}");
        assert_eq!(gave(kind, Give::Representation), (vec![true, true, false, true], none.clone()), "{kind}");
        let told = (vec![false, false, false, true], vec![true, true, true, false]);
        assert_eq!(gave(kind, Give::Outcome), told, "{kind}");
    }
}

#[test]
fn an_empty_bundle_is_answered_empty() {
    let desk = desk();
    for kind in ["batch", "transaction"] {
        let response = desk.bundle(kind, json!([])).unwrap();
        assert_eq!(
            (response["type"].as_str(), response.get("entry")),
            (Some(&*format!("{kind}-response")), None)
        );
    }
}

#[test]
fn other_bundles_are_refused_at_the_base_and_stored_at_their_type() {
    let desk = desk();
    for body in [
        json!({"resourceType": "Bundle", "type": "collection"}),
        json!({"resourceType": "Bundle"}),
        json!({"resourceType": "Bundle", "type": 7}),
        json!({"resourceType": "Bundle", "type": "batch", "entry": {}}),
        json!({"resourceType": "Patient"}),
        json!({}),
    ] {
        let body = body.to_string();
        assert_eq!(
            refused(
                desk.ask(&Interaction::Bundle { body: body.as_bytes(), give: platform::fhir::Give::Minimal })
            ),
            Refusal::Malformed,
            "{body}"
        );
    }
    let inner = json!({"resourceType": "Bundle", "type": "transaction", "entry": [entry("DELETE", "Patient/tal", Value::Null)]});
    desk.create("Bundle", inner.to_string()).unwrap();
    let response = desk.bundle("transaction", json!([entry("POST", "Bundle", inner)])).unwrap();
    assert_eq!(statuses(&response), ["201"]);
    desk.read("Patient", "tal").expect("a Bundle inside a Bundle is a document, not a request");
}
