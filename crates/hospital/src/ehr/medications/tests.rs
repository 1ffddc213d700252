//! Doses and decisions.

use serde_json::{Value, json};

use super::*;
use crate::calendar::DAY_US;
use crate::ehr::EhrError;
use crate::ehr::orders::{Dosing, dosage};
use crate::population::MRN_SYSTEM;

/// 2031-03-04T07:15:00Z.
const NOW_US: i64 = 1_930_374_900_000_000;
const HOUR_US: i64 = DAY_US / 24;

fn fields<T: std::fmt::Debug>(result: Result<T, EhrError>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(EhrError::Fields(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
        Err(other) => vec![other.word().to_owned()],
    }
}

fn patient() -> Value {
    json!({"resourceType": "Patient", "id": "p1", "identifier": [{"system": MRN_SYSTEM, "value": "1234567"}]})
}

fn order(frequency: &str) -> Value {
    let dosing = Dosing::of_table(("500", "mg"), "oral", frequency, None);
    json!({"resourceType": "MedicationRequest", "id": "m1", "status": "active", "subject": {"reference": "Patient/p1"},
        "category": [{"coding": [{"code": "inpatient"}]}],
        "medicationCodeableConcept": {"coding": [{"code": "860975"}]}, "dosageInstruction": [dosage(&dosing)]})
}

fn give(form: &Value, recorded: &[Value], at_us: i64) -> Result<Value, EhrError> {
    let (patient, order) = (patient(), order("bid"));
    let facts = AdministerFacts {
        order: Some(&order),
        patient: Some(&patient),
        recorded,
        signed_us: NOW_US,
        last_given_us: None,
        is_unverified: false,
        author: "nurse",
    };
    let mut whole = json!({"wristband": "1234567", "product": "860975"});
    whole.as_object_mut().unwrap().extend(form.as_object().unwrap().clone());
    administer_medication(&serde_json::from_value(whole).unwrap(), &facts, at_us, "a1")
}

#[test]
fn the_five_rights_hold_or_the_dose_is_not_recorded() {
    let nine = NOW_US - 15 * 60_000_000 + 2 * HOUR_US;
    let cases = [
        (json!({}), nine, vec![]),
        (json!({"dose": 500, "route": "oral"}), nine, vec![]),
        (json!({"wristband": "7654321"}), nine, vec!["wristband"]),
        (json!({"wristband": "7654321", "override_reason": "sure"}), nine, vec!["wristband"]),
        (json!({"product": "243670"}), nine, vec!["product"]),
        (json!({"product": ""}), nine, vec!["product"]),
        (json!({"route": "intravenous", "override_reason": "sure"}), nine, vec!["route"]),
        (json!({"dose": 1000}), nine, vec!["dose"]),
        (json!({"dose": 1000, "override_reason": "asked the physician"}), nine, vec![]),
        (json!({}), nine + 3 * HOUR_US, vec!["override_reason"]),
        (json!({"override_reason": "was in the theatre"}), nine + 3 * HOUR_US, vec![]),
        (json!({"due": "2031-03-04T10:00:00Z"}), nine, vec!["due", "override_reason"]),
        (json!({"outcome": "held"}), nine, vec!["reason"]),
        (json!({"outcome": "refused", "reason": "feels sick", "product": ""}), nine, vec![]),
    ];
    for (form, at_us, wrong) in cases {
        assert_eq!(fields(give(&form, &[], at_us)), wrong, "{form}");
    }
}

#[test]
fn what_no_pharmacist_verified_is_given_only_if_it_cannot_wait() {
    let (patient, order) = (patient(), order("once"));
    let facts = AdministerFacts {
        order: Some(&order),
        patient: Some(&patient),
        signed_us: NOW_US,
        is_unverified: true,
        author: "nurse",
        ..AdministerFacts::default()
    };
    let give = |facts: &AdministerFacts<'_>, form: Value| {
        let mut whole = json!({"wristband": "1234567", "product": "860975"});
        whole.as_object_mut().unwrap().extend(form.as_object().unwrap().clone());
        administer_medication(&serde_json::from_value(whole).unwrap(), facts, NOW_US, "a1")
    };
    let cases = [
        (json!({}), vec!["unverified_reason"]),
        (json!({"override_reason": "busy"}), vec!["unverified_reason"]),
        (json!({"unverified_reason": "busy"}), vec!["unverified_reason"]),
        (json!({"unverified_reason": "urgent"}), vec![]),
        (json!({"outcome": "held", "reason": "asleep"}), vec![]),
    ];
    for (form, wrong) in cases {
        assert_eq!(fields(give(&facts, form.clone())), wrong, "{form}");
    }
    let given = give(&facts, json!({"unverified_reason": "urgent"})).unwrap();
    assert_eq!(given["extension"][1]["valueCode"], "urgent");
    assert_eq!(given["note"][0]["text"], "Given before verification: Waiting would harm the patient.");
    let verified = AdministerFacts { is_unverified: false, ..facts };
    assert_eq!(give(&verified, json!({"unverified_reason": "urgent"})).unwrap().get("note"), None);
}

#[test]
fn a_dose_is_recorded_once() {
    let nine = NOW_US - 15 * 60_000_000 + 2 * HOUR_US;
    let first = give(&json!({}), &[], nine).unwrap();
    assert_eq!(due_of(&first), Some("2031-03-04T09:00:00Z"));
    assert_eq!((&first["status"], &first["dosage"]["text"]), (&json!("completed"), &json!("500 mg")));
    let again = give(&json!({}), std::slice::from_ref(&first), nine + 60_000_000);
    assert_eq!(fields(again), ["override_reason"]);
    let same = give(
        &json!({"due": "2031-03-04T09:00:00Z", "override_reason": "x"}),
        std::slice::from_ref(&first),
        nine,
    );
    assert_eq!(fields(same), ["due"]);
}

#[test]
fn what_is_given_as_needed_is_not_given_too_soon() {
    let dosing = Dosing::of_table(("650", "mg"), "oral", "q6h", Some("pain"));
    let mut order = order("q6h");
    order["dosageInstruction"] = json!([dosage(&dosing)]);
    let cases = [
        (None, "", vec![]),
        (Some(2), "", vec!["override_reason"]),
        (Some(2), "in tears", vec![]),
        (Some(6), "", vec![]),
    ];
    for (hours, reason, wrong) in cases {
        let patient = patient();
        let facts = AdministerFacts {
            order: Some(&order),
            patient: Some(&patient),
            last_given_us: hours.map(|hours| NOW_US - hours * HOUR_US),
            ..AdministerFacts::default()
        };
        let form = json!({"wristband": "1234567", "product": "860975", "override_reason": reason});
        let given = administer_medication(&serde_json::from_value(form).unwrap(), &facts, NOW_US, "a1");
        assert_eq!(fields(given), wrong, "{hours:?} {reason}");
    }
}

fn medicines() -> Vec<Value> {
    let of = |id: &str, setting: &str| {
        json!({"resourceType": "MedicationRequest", "id": id, "status": "active", "subject": {"reference": "Patient/p1"},
        "category": [{"coding": [{"code": setting}]}], "medicationCodeableConcept": {"text": id}, "dosageInstruction": [{"text": "as always"}]})
    };
    vec![of("home", "community"), of("ward", "inpatient")]
}

fn reconcile(at: &str, decisions: &str) -> Result<Reconciled, EhrError> {
    let (patient, medicines) = (patient(), medicines());
    let facts = ReconcileFacts {
        patient: Some(&patient),
        medicines: &medicines,
        author: "pharmacist",
        ..ReconcileFacts::default()
    };
    let form = json!({"at": at, "decisions": decisions});
    let mut made = 0;
    reconcile_medications(&serde_json::from_value(form).unwrap(), &facts, NOW_US, &mut || {
        made += 1;
        format!("new-{made}")
    })
}

#[test]
fn every_medicine_ends_up_where_it_was_decided() {
    let told = |done: Reconciled| {
        let say = |one: &Value| {
            format!(
                "{} {} {}",
                one["medicationCodeableConcept"]["text"].as_str().unwrap_or("list"),
                one["status"].as_str().unwrap(),
                one["dosageInstruction"][0]["text"].as_str().unwrap_or("")
            )
        };
        (done.written.iter().map(say).collect::<Vec<_>>(), done.changed.iter().map(say).collect::<Vec<_>>())
    };
    let cases = [
        (
            "admission",
            "MedicationRequest/home continue",
            vec!["home draft as always", "list current "],
            vec![],
        ),
        (
            "admission",
            "MedicationRequest/home change 250 mg daily",
            vec!["home draft 250 mg daily", "list current "],
            vec![],
        ),
        (
            "admission",
            "MedicationRequest/home stop bleeding",
            vec!["list current "],
            vec!["home stopped as always"],
        ),
        (
            "discharge",
            "MedicationRequest/home continue\nMedicationRequest/ward continue",
            vec!["ward draft as always", "list current "],
            vec!["ward completed as always"],
        ),
        (
            "discharge",
            "MedicationRequest/home change half\nMedicationRequest/ward stop not needed at home",
            vec!["home draft half", "list current "],
            vec!["home stopped as always", "ward stopped as always"],
        ),
    ];
    for (at, decisions, written, changed) in cases {
        let found = told(reconcile(at, decisions).unwrap());
        assert_eq!(
            (found.0, found.1),
            (
                written.into_iter().map(str::to_owned).collect(),
                changed.into_iter().map(str::to_owned).collect()
            ),
            "{at} {decisions}"
        );
    }
}

#[test]
fn nothing_is_left_undecided() {
    let cases = [
        ("discharge", "MedicationRequest/home continue", vec!["decisions"]),
        ("admission", "MedicationRequest/home stop", vec!["decisions"]),
        ("admission", "MedicationRequest/other continue", vec!["decisions", "decisions"]),
        ("admission", "MedicationRequest/home perhaps", vec!["decisions", "decisions"]),
        ("", "MedicationRequest/home continue\nMedicationRequest/ward continue", vec!["at"]),
    ];
    for (at, decisions, wrong) in cases {
        assert_eq!(fields(reconcile(at, decisions)), wrong, "{at} {decisions}");
    }
}
