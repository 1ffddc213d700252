//! Index rows read the other way round, over image and sandbox together.

use serde_json::{Value, json};
use standards::fhir::search::ParamKey;
use store::sandbox::Values;

use crate::hospital::{Hospital, hospital};

fn person(id: &str, family: &str, born: &str) -> Value {
    json!({"resourceType": "Patient", "id": id, "name": [{"family": family}], "birthDate": born,
        "identifier": [{"value": format!("no-{id}")}]})
}

fn flag(id: &str, of: &str) -> Value {
    json!({"resourceType": "Flag", "id": id, "subject": {"reference": of}, "author": {"reference": of}})
}

/// Bob was renamed, Cy deleted and Dee added in the sandbox; the flags point about.
fn changed() -> Hospital {
    let hospital = hospital(&[
        person("ann", "Berg", "1970-01-02"),
        person("bob", "Berg", "1970-01-02"),
        person("cy", "Berg", "1970-01-02"),
        flag("f1", "Patient/ann"),
        flag("f2", "Patient/ann"),
        flag("f3", "Patient/ann"),
        flag("f4", "Patient/bob"),
    ]);
    hospital.put(&person("bob", "Tål", "1970-01-03"));
    hospital.delete("Patient", "cy");
    hospital.put(&person("dee", "Ek", "1970-01-04"));
    hospital.put(&flag("f2", "Patient/bob"));
    hospital.delete("Flag", "f3");
    hospital.put(&flag("f5", "Patient/ann"));
    hospital
}

fn values(hospital: &Hospital, code: &str, values: Values) -> Vec<String> {
    let mut found = Vec::new();
    let each = |id: &str, value: &str| found.push(format!("{id} {value}"));
    hospital.sandbox.view(|view| view.each_value(ParamKey::of("Patient", code).0, values, each)).unwrap();
    found.sort();
    found
}

#[test]
fn values_are_those_of_what_is_there_now() {
    let hospital = changed();
    assert_eq!(values(&hospital, "family", Values::Strings), ["ann berg", "bob tal", "dee ek"]);
    assert_eq!(values(&hospital, "identifier", Values::Tokens), ["ann no-ann", "bob no-bob", "dee no-dee"]);
    let day_us = 86_400_000_000_i64;
    let born = [("ann", 1), ("bob", 2), ("dee", 3)].map(|(id, days)| format!("{id} {}", days * day_us));
    assert_eq!(values(&hospital, "birthdate", Values::Dates), born);
}

#[test]
fn referrers_are_those_that_refer_now_each_once() {
    let hospital = changed();
    let referrers = |target: &str| -> Vec<String> {
        let found = hospital.sandbox.view(|view| view.referrers(target)).unwrap();
        found.into_iter().map(|stored| stored.id).collect()
    };
    assert_eq!(referrers("Patient/ann"), ["f1", "f5"]);
    assert_eq!(referrers("Patient/bob"), ["f2", "f4"]);
    assert!(referrers("Patient/nobody").is_empty());
}
