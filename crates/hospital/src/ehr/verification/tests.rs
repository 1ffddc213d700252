//! A pharmacist's decisions, and what each leaves in the record.

use serde_json::{Value, json};

use super::*;
use crate::ehr::EhrError;
use crate::ehr::orders::{Dosing, dosage, is_verification, to_verify};
use crate::ehr::support::{Firing, Severity};

/// 2031-03-04T07:15:00Z.
const NOW_US: i64 = 1_930_374_900_000_000;

fn ids() -> impl FnMut() -> String {
    let mut made = 0;
    move || {
        made += 1;
        format!("new-{made}")
    }
}

fn fields<T: std::fmt::Debug>(result: Result<T, EhrError>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(EhrError::Fields(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
        Err(other) => vec![other.word().to_owned()],
    }
}

fn order(status: &str) -> Value {
    let dosing = Dosing { days: Some(3), ..Dosing::of_table(("500", "mg"), "oral", "bid", None) };
    json!({"resourceType": "MedicationRequest", "id": "m1", "meta": {"versionId": "2", "lastUpdated": "x"}, "status": status,
        "intent": "order", "subject": {"reference": "Patient/p1"}, "requester": {"display": "ana"},
        "category": [{"coding": [{"code": "inpatient"}]}], "note": [{"text": "with food"}],
        "medicationCodeableConcept": {"coding": [{"code": "860975"}], "text": "Metformin"},
        "dosageInstruction": [dosage(&dosing)]})
}

fn firing(severity: Severity) -> Firing {
    Firing {
        rule: "r1".to_owned(),
        version: 1,
        title: "Metformin with low eGFR".to_owned(),
        patient: "p1".to_owned(),
        order: "MedicationRequest/m1".to_owned(),
        ordered: "Metformin".to_owned(),
        severity,
        message: "The rate is low.".to_owned(),
    }
}

fn facts<'a>(order: &'a Value, tasks: &'a [Value], firings: &'a [Firing]) -> ReviewFacts<'a> {
    ReviewFacts { order: Some(order), tasks, firings, author: "paula" }
}

fn read<T: serde::de::DeserializeOwned>(form: &Value) -> T {
    serde_json::from_value(form.clone()).unwrap()
}

#[test]
fn a_verified_order_has_a_provenance_of_the_version_that_was_looked_at() {
    let order = order("active");
    let task = [to_verify(&order, "ana", NOW_US, "t1")];
    assert!(is_verification(&task[0]));
    let facts = facts(&order, &task, &[]);
    let (provenance, task) = verify_order(&read(&json!({})), &facts, NOW_US, "v1").unwrap();
    assert_eq!(provenance["target"][0]["reference"], "MedicationRequest/m1/_history/2");
    assert_eq!(provenance["agent"][0]["who"]["display"], "paula");
    let told = ["status", "/businessStatus/text"].map(|at| task.pointer(at).or(task.get(at)).cloned());
    assert_eq!(told, [Some(json!("completed")), Some(json!("verified"))]);
}

#[test]
fn what_rules_say_is_answered_or_the_order_is_not_verified() {
    use Severity::{Info, Stop, Warning};
    let reason = json!({"override_reason": "discussed on the round"});
    let cases = [
        (json!({}), vec![Info], vec![]),
        (json!({}), vec![Warning], vec!["override_reason"]),
        (reason.clone(), vec![Warning], vec![]),
        (reason, vec![Warning, Stop], vec!["order"]),
        (json!({"override_reason": "a\nb"}), vec![], vec!["override_reason"]),
    ];
    let order = order("active");
    let task = [to_verify(&order, "ana", NOW_US, "t1")];
    for (form, severities, wrong) in cases {
        let firings: Vec<Firing> = severities.iter().map(|one| firing(*one)).collect();
        let done = verify_order(&read(&form), &facts(&order, &task, &firings), NOW_US, "v1");
        assert_eq!(fields(done), wrong, "{form} {severities:?}");
    }
    assert!(refuse_stopped(&[firing(Warning)]).is_ok() && refuse_stopped(&[firing(Stop)]).is_err());
}

#[test]
fn only_what_is_in_force_and_waits_can_be_decided_on() {
    let (active, held) = (order("active"), order("on-hold"));
    let task = [to_verify(&active, "ana", NOW_US, "t1")];
    let nothing = ReviewFacts::default();
    for facts in [facts(&active, &[], &[]), facts(&held, &task, &[]), nothing] {
        let form = json!({"reason": "the dose"});
        assert_eq!(fields(verify_order(&VerifyOrder::default(), &facts, NOW_US, "v1")), ["order"]);
        assert_eq!(fields(return_order(&read(&form), &facts, NOW_US)), ["order"]);
        assert_eq!(fields(change_order(&read(&form), &facts, NOW_US, &mut ids())), ["order"]);
    }
}

#[test]
fn a_returned_order_is_on_hold_and_says_why() {
    let order = order("active");
    let task = [to_verify(&order, "ana", NOW_US, "t1")];
    let facts = facts(&order, &task, &[]);
    assert_eq!(fields(return_order(&ReturnOrder::default(), &facts, NOW_US)), ["reason"]);
    let (held, task) = return_order(&read(&json!({"reason": "kidneys"})), &facts, NOW_US).unwrap();
    assert_eq!((&held["status"], &held["statusReason"]["text"]), (&json!("on-hold"), &json!("kidneys")));
    assert_eq!((&task["status"], &task["statusReason"]["text"]), (&json!("rejected"), &json!("kidneys")));
    assert_eq!(held["note"][1]["authorString"], "paula");
}

#[test]
fn a_changed_order_takes_the_place_of_the_old_one() {
    let order = order("active");
    let task = [to_verify(&order, "ana", NOW_US, "t1")];
    let facts = facts(&order, &task, &[]);
    let change = |form: Value| change_order(&read(&form), &facts, NOW_US, &mut ids());
    assert_eq!(fields(change(json!({"reason": "kidneys"}))), ["dose"]);
    assert_eq!(fields(change(json!({"dose": 250, "unit": "bowl"}))), ["reason", "unit"]);
    let done = change(json!({"reason": "kidneys", "dose": 250, "frequency": "daily"})).unwrap();
    let [new, task, provenance, cosign] = done.written.as_slice() else { panic!("{done:?}") };
    assert_eq!(new["dosageInstruction"][0]["text"], "250 mg by mouth once a day, for 3 days");
    assert_eq!(new["priorPrescription"]["reference"], "MedicationRequest/m1");
    assert_eq!((&new["requester"]["display"], &new["recorder"]["display"]), (&json!("ana"), &json!("paula")));
    assert_eq!(
        (&new["status"], &new["note"]),
        (
            &json!("active"),
            &json!([{"authorString": "paula", "time": "2031-03-04T07:15:00Z", "text": "kidneys"}])
        )
    );
    assert_eq!(
        (&task["status"], &task["focus"]["reference"]),
        (&json!("completed"), &json!("MedicationRequest/new-1"))
    );
    assert_eq!(provenance["target"][0]["reference"], "MedicationRequest/new-1/_history/1");
    assert_eq!(cosign["owner"]["display"], "ana");
    let statuses: Vec<_> = done.changed.iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["stopped", "completed"]);
    let facts = CosignFacts { order: Some(new), tasks: std::slice::from_ref(cosign), author: "ana" };
    assert_eq!(cosign_order(&facts, NOW_US).unwrap()[0]["status"], "completed");
    assert_eq!(fields(cosign_order(&CosignFacts { tasks: &[], ..facts }, NOW_US)), ["order"]);
}
