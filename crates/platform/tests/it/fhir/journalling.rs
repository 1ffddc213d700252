//! What the journal says of interactions.

use platform::fhir::Interaction;
use serde_json::{Value, json};

use super::desk::{Desk, desk, entry, patient, refused};

/// Kind, subject, outcome and some of the particulars of the newest entry.
fn told(desk: &Desk, particulars: &[&str]) -> (String, Option<String>, String, Value) {
    let event = desk.last().event;
    assert_eq!(
        (event.actor.as_str(), event.source.as_str(), event.target.as_str()),
        ("ana", "client", "EHR")
    );
    let detail = particulars.iter().map(|name| ((*name).to_owned(), event.detail[*name].clone())).collect();
    (event.kind, event.subject, event.outcome, Value::Object(detail))
}

fn expect(
    kind: &str,
    subject: Option<&str>,
    outcome: &str,
    detail: Value,
) -> (String, Option<String>, String, Value) {
    (kind.to_owned(), subject.map(str::to_owned), outcome.to_owned(), detail)
}

#[test]
fn every_interaction_leaves_an_entry_about_its_patient() {
    let desk = desk();
    let (berg, tal) = (Some("Patient/berg"), Some("Patient/tal"));
    desk.read("Patient", "berg").unwrap();
    assert_eq!(
        told(&desk, &["method", "id"]),
        expect("fhir.read", berg, "ok", json!({"method": "GET", "id": "berg"}))
    );
    desk.read("Observation", "w2").unwrap();
    assert_eq!(
        told(&desk, &["type", "version"]),
        expect("fhir.read", tal, "ok", json!({"type": "Observation", "version": 1}))
    );
    desk.ask(&Interaction::Read { kind: "Patient", id: "berg", known_version: Some(1) }).unwrap();
    assert_eq!(told(&desk, &[]), expect("fhir.read", berg, "ok", json!({})));
    desk.ask(&Interaction::Vread { kind: "Observation", id: "w1", version: "1" }).unwrap();
    assert_eq!(told(&desk, &["version"]), expect("fhir.vread", berg, "ok", json!({"version": 1})));
    desk.search("Observation", "patient=tal&_count=5").unwrap();
    assert_eq!(
        told(&desk, &["query", "hits"]),
        expect("fhir.search", tal, "ok", json!({"query": "patient=tal&_count=5", "hits": 1}))
    );
    desk.search("Patient", "family=berg").unwrap();
    assert_eq!(told(&desk, &["total"]), expect("fhir.search", None, "ok", json!({"total": 1})));
    desk.history("Patient", Some("berg"), 5).unwrap();
    assert_eq!(told(&desk, &["total"]), expect("fhir.history", berg, "ok", json!({"total": 1})));
    desk.history("Patient", None, 5).unwrap();
    assert_eq!(told(&desk, &["type"]), expect("fhir.history", None, "ok", json!({"type": "Patient"})));
    let weight = json!({"resourceType": "Observation", "status": "final", "code": {"text": "c"}, "subject": {"reference": "Patient/tal"}});
    let id = desk.create("Observation", weight.to_string()).unwrap().id;
    assert_eq!(
        told(&desk, &["id", "version"]),
        expect("fhir.create", tal, "ok", json!({"id": id, "version": 1}))
    );
    desk.update("Patient", "berg", &json!({"resourceType": "Patient", "id": "berg"})).unwrap();
    assert_eq!(told(&desk, &["version"]), expect("fhir.update", berg, "ok", json!({"version": 2})));
    desk.delete("Observation", &id).unwrap();
    assert_eq!(told(&desk, &["version"]), expect("fhir.delete", tal, "ok", json!({"version": 2})));
    desk.delete("Observation", &id).unwrap();
    assert_eq!(told(&desk, &["id"]), expect("fhir.delete", None, "ok", json!({"id": id})));
    assert_eq!(desk.journal().len(), 13, "one entry each, and the start");
}

#[test]
fn a_conditional_create_that_finds_one_is_journalled() {
    let desk = desk();
    let body = patient("Tal").to_string();
    desk.ask(&Interaction::Create {
        kind: "Patient",
        body: body.as_bytes(),
        if_none_exist: Some("family=tal"),
    })
    .unwrap();
    let detail = json!({"id": "tal", "existed": true, "if_none_exist": "family=tal"});
    assert_eq!(
        told(&desk, &["id", "existed", "if_none_exist"]),
        expect("fhir.create", Some("Patient/tal"), "ok", detail)
    );
}

#[test]
fn refused_interactions_are_journalled_with_their_reason() {
    let desk = desk();
    desk.delete("Patient", "berg").unwrap();
    let cases = [
        (Interaction::Read { kind: "Patient", id: "never", known_version: None }, "fhir.read", "not-found"),
        (Interaction::Read { kind: "Patient", id: "berg", known_version: None }, "fhir.read", "gone"),
        (Interaction::Vread { kind: "Patient", id: "tal", version: "9" }, "fhir.vread", "not-found"),
        (
            Interaction::Create { kind: "Patient", body: b"{", if_none_exist: None },
            "fhir.create",
            "malformed",
        ),
        (
            Interaction::Delete { kind: "Patient", id: "tal", if_match: Some(9) },
            "fhir.delete",
            "version-mismatch",
        ),
        (
            Interaction::Search { kind: "Nonsense", parameters: &[], strict: false },
            "fhir.search",
            "not-found",
        ),
        (
            Interaction::Bundle { body: b"{}", give: platform::fhir::Give::Minimal },
            "fhir.bundle",
            "malformed",
        ),
    ];
    for (asked, kind, outcome) in cases {
        let refusal = refused(desk.ask(&asked));
        assert_eq!(refusal.word(), outcome);
        let last = desk.last().event;
        assert_eq!((last.kind.as_str(), last.outcome.as_str()), (kind, outcome));
        assert!(last.detail["issues"][0].as_str().is_some_and(|issue| !issue.is_empty()), "{}", last.detail);
    }
}

#[test]
fn a_transaction_leaves_an_entry_for_each_of_its_own() {
    let desk = desk();
    let before = desk.journal().len();
    desk.bundle(
        "transaction",
        json!([
            entry("GET", "Patient/tal", Value::Null),
            entry("DELETE", "Patient/berg", Value::Null),
            entry("POST", "Patient", patient("Moor")),
        ]),
    )
    .unwrap();
    let kinds: Vec<String> = desk.journal().into_iter().skip(before).map(|entry| entry.event.kind).collect();
    assert_eq!(kinds, ["fhir.delete", "fhir.create", "fhir.read"]);
    refused(desk.bundle("transaction", json!([entry("GET", "Patient/berg", Value::Null)])));
    let kinds: Vec<String> =
        desk.journal().into_iter().skip(before + 3).map(|entry| entry.event.kind).collect();
    assert_eq!(kinds, ["fhir.bundle"], "what was undone left nothing but the refusal");
}
