use serde_json::{Value, json};

use super::audit_event::base64;
use super::{Record, Signal, audit_event, flow, ocsf};

fn record(kind: &str, outcome: &str, detail: Value) -> Record {
    Record {
        seq: 7,
        time_us: 1_930_000_000_000_000,
        actor: "mreyes".to_owned(),
        source: "client".to_owned(),
        target: "EHR".to_owned(),
        kind: kind.to_owned(),
        subject: Some("Patient/p1".to_owned()),
        outcome: outcome.to_owned(),
        detail,
        ..Record::default()
    }
}

#[test]
fn every_form_tells_the_same() {
    let search = record(
        "fhir.search",
        "ok",
        json!({"type": "Observation", "query": "patient=p1", "address": "10.0.0.9"}),
    );
    let audit = audit_event(&search);
    assert_eq!(audit["subtype"][0]["code"], "search");
    assert_eq!(audit["action"], "E");
    assert_eq!(audit["entity"][0]["what"]["reference"], "Patient/p1");
    assert_eq!(audit["entity"][1]["query"], base64(b"Observation?patient=p1"));
    assert_eq!(audit["agent"][0]["network"]["address"], "10.0.0.9");
    let event = ocsf(&search);
    assert_eq!((&event["class_uid"], &event["type_uid"]), (&json!(6003), &json!(600_302)));
    assert_eq!(event["src_endpoint"]["ip"], "10.0.0.9");
    assert_eq!(flow(&search).unwrap()["source_address"], "10.0.0.9");
    let signal = Signal::of(&search);
    for (field, value) in [
        ("service", "fhir"),
        ("category", "read"),
        ("user", "mreyes"),
        ("patient", "Patient/p1"),
        ("address", "10.0.0.9"),
    ] {
        assert_eq!(signal.text(field), Some(value), "{field}");
    }
}

/// What the journal says of a message: its place in the queue was taken for its type, so that no rule about types ever fired.
#[test]
fn the_type_of_a_message_is_its_event_and_not_its_place_in_the_queue() {
    let detail = json!({"event": "ORU^R01", "message": 17, "peer": "203.0.113.9:4711"});
    let signal = Signal::of(&record("hl7.received", "ok", detail));
    assert_eq!((signal.text("message"), signal.text("address")), (Some("ORU^R01"), Some("203.0.113.9:4711")));
    let older = Signal::of(&record("hl7.received", "ok", json!({"type": "ADT^A01"})));
    assert_eq!(older.text("message"), Some("ADT^A01"));
}

#[test]
fn a_refusal_is_a_failure_everywhere() {
    let refused = record("dicom.refused", "unknown-caller", json!({"calling": "EVIL", "peer": "10.9.9.9"}));
    assert_eq!(audit_event(&refused)["outcome"], "4");
    assert_eq!(ocsf(&refused)["status"], "Failure");
    assert_eq!(Signal::of(&refused).text("client"), Some("EVIL"));
}

#[test]
fn a_person_who_acts_through_an_app_is_the_user() {
    let through = Record { actor: "nora by growth-chart".to_owned(), ..record("fhir.read", "ok", json!({})) };
    let signal = Signal::of(&through);
    assert_eq!((signal.text("user"), signal.text("client")), (Some("nora"), Some("growth-chart")));
}

#[test]
fn particulars_without_a_field_keep_their_name() {
    let signal =
        Signal::of(&record("command", "ok", json!({"command": "break-glass", "hours": 4, "list": [1]})));
    assert!(signal.fields.contains_key("detail.hours") && !signal.fields.contains_key("detail.list"));
    assert_eq!(signal.text("command"), Some("break-glass"));
}

#[test]
fn base64_as_in_the_rfc() {
    for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
        assert_eq!(base64(plain.as_bytes()), coded);
    }
}
