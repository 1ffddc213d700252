//! A signed order of a medicine, from the pharmacist's list to the bedside.

use platform::ehr::chart::{
    Chart, InBasket, InBasketQuery, Section, VerificationState, Waiting, WaitingKind, in_basket,
};
use platform::ehr::commands::{CommandError, EhrError};
use serde_json::json;

use super::clinical::{drafted, inpatient, resulted, sign};
use super::house::{Ward, ward};

fn basket(ward: &Ward) -> InBasket {
    in_basket(&ward.access, &InBasketQuery::default()).unwrap()
}

fn of(basket: &InBasket, kind: WaitingKind) -> Vec<&Waiting> {
    basket.waiting.iter().filter(|one| one.kind == kind).collect()
}

/// Where the verification of the patient's only order stands.
fn state(ward: &Ward, patient: &str) -> Option<VerificationState> {
    let chart = Chart::open(&ward.access, patient, Section::Orders).unwrap();
    let orders = chart.orders().unwrap();
    orders.iter().find(|one| one.is_medication)?.verification.as_ref().map(|one| one.state)
}

#[test]
fn an_order_waits_for_the_pharmacist_with_what_it_is_weighed_by() {
    let ward = ward();
    let patient = inpatient(&ward);
    resulted(&ward, &patient, "lab-creatinine", "1.9");
    ward.run("record_allergy", json!({"patient": patient, "substance": "codeine"})).unwrap();
    drafted(&ward, &patient, "med-ibuprofen");
    assert_eq!(of(&basket(&ward), WaitingKind::Sign).len(), 1);
    sign(&ward, &patient, "one dose only").unwrap();
    let basket = basket(&ward);
    let [one] = of(&basket, WaitingKind::Verify)[..] else { panic!("{basket:?}") };
    let review = one.review.as_ref().unwrap();
    assert!(review.egfr.is_some_and(|rate| rate < 60.0), "{review:?}");
    assert_eq!(review.allergies[0].substance, "codeine");
    assert_eq!(review.firings[0].rule, "rule-nsaid-kidney");
    assert!(one.unit.is_some() && one.detail.is_some());

    // What the rule says has to be answered by the pharmacist too.
    let order = one.about.clone();
    assert_eq!(ward.refused("verify_order", json!({"order": order})), ["override_reason"]);
    ward.run("verify_order", json!({"order": order, "override_reason": "a single dose"})).unwrap();
    assert_eq!(state(&ward, &patient), Some(VerificationState::Verified));
    let provenance = ward.search(&format!("Provenance?target={order}"));
    assert_eq!(provenance[0]["agent"][0]["type"]["coding"][0]["code"], "verifier");
    assert_eq!(ward.refused("verify_order", json!({"order": order})), ["order"]);
}

#[test]
fn only_a_pharmacist_verifies_and_everybody_sees_their_own_work() {
    let ward = ward();
    let patient = inpatient(&ward);
    let order = drafted(&ward, &patient, "med-lisinopril");
    sign(&ward, &patient, "").unwrap();
    let cases = [
        ("nurse", vec![WaitingKind::Acknowledge], false),
        (
            "physician",
            vec![WaitingKind::Acknowledge, WaitingKind::Returned, WaitingKind::Sign, WaitingKind::Cosign],
            false,
        ),
        ("him-clerk", vec![], false),
        ("pharmacist", vec![WaitingKind::Verify], true),
    ];
    for (role, kinds, may) in cases {
        ward.work_as(role);
        assert_eq!(basket(&ward).kinds, kinds, "{role}");
        let done = ward.run("verify_order", json!({"order": order}));
        assert_eq!(done.is_ok(), may, "{role}: {done:?}");
        assert!(may || matches!(done, Err(CommandError::Denied(_))), "{role}");
    }
    let elsewhere = InBasketQuery { unit: Some("Nowhere".to_owned()), attending: None };
    assert!(in_basket(&ward.access, &elsewhere).unwrap().waiting.is_empty());
}

#[test]
fn a_returned_order_is_answered_by_its_prescriber() {
    let ward = ward();
    let patient = inpatient(&ward);
    let order = drafted(&ward, &patient, "med-lisinopril");
    sign(&ward, &patient, "").unwrap();
    ward.run("return_order", json!({"order": order, "reason": "the pressure is low"})).unwrap();
    assert_eq!(ward.read(&order)["status"], "on-hold");
    assert_eq!(state(&ward, &patient), Some(VerificationState::Returned));
    let waiting = basket(&ward);
    let returned = of(&waiting, WaitingKind::Returned);
    assert_eq!(returned[0].detail.as_deref(), Some("the pressure is low"));
    assert!(of(&waiting, WaitingKind::Verify).is_empty());

    let again = json!({"patient": patient, "orders": order});
    assert_eq!(ward.refused("sign_orders", again.clone()), ["override_reason"]);
    let mut answered = again;
    answered["override_reason"] = json!("measured again: 130/80");
    ward.run("sign_orders", answered).unwrap();
    let read = ward.read(&order);
    assert_eq!((&read["status"], read.get("statusReason")), (&json!("active"), None));
    assert_eq!(of(&basket(&ward), WaitingKind::Verify).len(), 1);
    assert!(of(&basket(&ward), WaitingKind::Returned).is_empty());
}

#[test]
fn a_changed_order_is_countersigned() {
    let ward = ward();
    let patient = inpatient(&ward);
    let order = drafted(&ward, &patient, "med-lisinopril");
    sign(&ward, &patient, "").unwrap();
    let change =
        |more: &str| json!({"order": order, "reason": "kidneys", "dose": more, "expected_version": 2});
    assert_eq!(ward.refused("change_order", change("none")), ["dose"]);
    let done = ward.run("change_order", change("2.5")).unwrap();
    let new = format!("{}/{}", done.resources[0].kind, done.resources[0].id);
    assert_eq!(ward.read(&order)["status"], "stopped");
    assert_eq!(ward.read(&new)["priorPrescription"]["reference"], order);
    let waiting = basket(&ward);
    assert_eq!(of(&waiting, WaitingKind::Cosign)[0].about, new);
    assert_eq!(of(&waiting, WaitingKind::Cosign)[0].detail.as_deref(), Some("kidneys"));
    assert!(of(&waiting, WaitingKind::Verify).is_empty());
    ward.run("cosign_order", json!({"order": new})).unwrap();
    assert!(of(&basket(&ward), WaitingKind::Cosign).is_empty());
}

#[test]
fn a_dose_that_cannot_wait_leaves_a_trace() {
    let ward = ward();
    let patient = inpatient(&ward);
    let order = drafted(&ward, &patient, "med-furosemide");
    sign(&ward, &patient, "").unwrap();
    let scan = ward.read(&format!("Patient/{patient}"))["identifier"][0]["value"].clone();
    let form = json!({"order": order, "wristband": scan, "product": "313988", "override_reason": "now", "unverified_reason": "urgent"});
    ward.run("administer_medication", form).unwrap();
    let filter =
        store::journal::Filter { kinds: vec!["medication.unverified".to_owned()], ..Default::default() };
    let entries = ward.access.sandbox().journal(&filter).unwrap();
    assert_eq!(entries[0].event.detail, json!({"order": order, "reason": "urgent"}));
    assert_eq!(of(&basket(&ward), WaitingKind::Verify).len(), 1, "it is still to be verified");
}

#[test]
fn what_was_changed_meanwhile_is_looked_at_again() {
    let ward = ward();
    let patient = inpatient(&ward);
    let order = drafted(&ward, &patient, "med-lisinopril");
    sign(&ward, &patient, "").unwrap();
    let form = json!({"order": order, "expected_version": 1});
    assert_eq!(ward.refused("verify_order", form), ["order"]);
    let stopped = ward.run("return_order", json!({"order": order, "reason": "why?", "expected_version": 1}));
    assert!(matches!(stopped, Err(CommandError::Fhir(_))), "{stopped:?}");
    ward.run("discontinue_order", json!({"order": order, "reason": "not needed"})).unwrap();
    assert!(matches!(
        ward.run("verify_order", json!({"order": order})),
        Err(CommandError::Refused(EhrError::Fields(_)))
    ));
    assert_eq!(state(&ward, &patient), Some(VerificationState::Over));
}
