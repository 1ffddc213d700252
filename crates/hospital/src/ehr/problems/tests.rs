//! Lists that change.

use serde_json::{Value, json};

use super::*;
use crate::ehr::EhrError;

const NOW_US: i64 = 1_930_374_900_000_000;

fn fields<T: std::fmt::Debug>(result: Result<T, EhrError>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(EhrError::Fields(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
        Err(other) => vec![other.word().to_owned()],
    }
}

fn patient() -> Value {
    json!({"resourceType": "Patient", "id": "p1"})
}

#[test]
fn an_allergy_is_coded_where_it_can_be_and_listed_once() {
    let patient = patient();
    let record = |form: Value, known: &[Value]| {
        let facts = AllergyFacts { patient: Some(&patient), allergies: known, author: "ana" };
        record_allergy(&serde_json::from_value(form).unwrap(), &facts, NOW_US, "a1")
    };
    let penicillin =
        record(json!({"substance": "Penicillin G", "criticality": "high", "reaction": "hives"}), &[])
            .unwrap();
    assert_eq!(
        (&penicillin["code"]["coding"][0]["code"], &penicillin["criticality"]),
        (&json!("7980"), &json!("high"))
    );
    assert_eq!(record(json!({"substance": "cashew"}), &[]).unwrap()["code"]["text"], "cashew");
    assert_eq!(
        fields(record(json!({"substance": "7980"}), std::slice::from_ref(&penicillin))),
        ["substance"]
    );
    assert_eq!(fields(record(json!({"criticality": "awful"}), &[])), ["substance", "criticality"]);

    let revise = |form: Value| {
        let facts =
            AllergyFacts { patient: None, allergies: std::slice::from_ref(&penicillin), author: "ana" };
        revise_allergy(&serde_json::from_value(form).unwrap(), &facts, NOW_US)
    };
    let refuted = revise(json!({"status": "refuted", "reason": "tested"})).unwrap();
    assert!(
        refuted.get("clinicalStatus").is_none()
            && refuted["verificationStatus"]["coding"][0]["code"] == "refuted"
    );
    let resolved =
        revise(json!({"status": "resolved", "criticality": "low", "reason": "grew out of it"})).unwrap();
    assert_eq!(
        (&resolved["clinicalStatus"]["coding"][0]["code"], &resolved["note"][0]["text"]),
        (&json!("resolved"), &json!("grew out of it"))
    );
    assert_eq!(fields(revise(json!({"status": "gone"}))), ["status", "reason"]);
}

#[test]
fn a_problem_is_added_once_and_seen_differently_later() {
    let patient = patient();
    let add = |form: Value, known: &[Value]| {
        let facts = ProblemFacts {
            patient: Some(&patient),
            problems: known,
            author: "ana",
            ..ProblemFacts::default()
        };
        add_problem(&serde_json::from_value(form).unwrap(), &facts, NOW_US, "c1")
    };
    let added = add(json!({"problem": "i10", "onset": "2020-05-01"}), &[]).unwrap();
    assert_eq!(
        (&added["code"]["coding"][0]["code"], &added["onsetDateTime"]),
        (&json!("I10"), &json!("2020-05-01"))
    );
    assert_eq!(fields(add(json!({"problem": "I10"}), std::slice::from_ref(&added))), ["problem"]);
    assert_eq!(fields(add(json!({"problem": "x", "onset": "2031-03-05"}), &[])), ["onset"]);
    assert_eq!(fields(add(json!({"onset": "soon"}), &[])), ["problem", "onset"]);

    let revise = |form: Value| {
        let facts =
            ProblemFacts { problems: std::slice::from_ref(&added), author: "ana", ..ProblemFacts::default() };
        revise_problem(&serde_json::from_value(form).unwrap(), &facts, NOW_US)
    };
    let cases = [
        ("resolved", "resolved", "confirmed", true),
        ("refuted", "inactive", "refuted", false),
        ("active", "active", "confirmed", false),
    ];
    for (status, clinical, verification, ended) in cases {
        let revised = revise(json!({"status": status, "reason": "so"})).unwrap();
        let code = |member: &str| revised[member]["coding"][0]["code"].clone();
        assert_eq!(
            (code("clinicalStatus"), code("verificationStatus")),
            (clinical.into(), verification.into())
        );
        assert_eq!(revised.get("abatementDateTime").is_some(), ended, "{status}");
    }
    assert_eq!(fields(revise(json!({}))), ["status", "reason"]);
}
