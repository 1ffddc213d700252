//! A clinical day: ordered, signed past the rules, resulted, acknowledged, given, reconciled.

use hospital::ehr::EhrError;
use platform::ehr::chart::{Chart, DoseState, InBasketQuery, OrderState, Section, in_basket};
use platform::ehr::commands::{COMMANDS, CommandError, NAMES};
use serde_json::{Value, json};

use super::house::{Ward, ward};

/// Someone on a ward.
pub(super) fn inpatient(ward: &Ward) -> String {
    let patient = ward.register("Okafor");
    let bed = ward.free_beds("4W")[0].1.clone();
    ward.run("admit", json!({"patient": patient, "location": bed, "reason": "sepsis"})).unwrap();
    patient
}

/// Drafts an order; its reference.
pub(super) fn drafted(ward: &Ward, patient: &str, orderable: &str) -> String {
    let done = ward.run("draft_order", json!({"patient": patient, "orderable": orderable})).unwrap();
    format!("{}/{}", done.resources[0].kind, done.resources[0].id)
}

pub(super) fn sign(ward: &Ward, patient: &str, reason: &str) -> Result<(), Vec<(String, String)>> {
    let form = json!({"patient": patient, "override_reason": reason});
    match ward.run("sign_orders", form) {
        Ok(_) => Ok(()),
        Err(CommandError::Refused(EhrError::Support(firings))) => {
            Err(firings.into_iter().map(|one| (one.rule, one.severity.word().to_owned())).collect())
        }
        Err(other) => panic!("{other:?}"),
    }
}

pub(super) fn resulted(ward: &Ward, patient: &str, orderable: &str, value: &str) -> String {
    let order = drafted(ward, patient, orderable);
    sign(ward, patient, "needed").unwrap();
    let done = ward.run("record_result", json!({"order": order, "value": value})).unwrap();
    done.resources[0].id.clone()
}

fn fired(ward: &Ward) -> Vec<(String, String)> {
    let filter = store::journal::Filter { kinds: vec!["support.fired".to_owned()], ..Default::default() };
    let entries = ward.access.sandbox().journal(&filter).unwrap();
    let text = |detail: &Value, member: &str| detail[member].as_str().unwrap_or_default().to_owned();
    entries.iter().map(|one| (text(&one.event.detail, "rule"), text(&one.event.detail, "response"))).collect()
}

#[test]
fn every_command_takes_a_named_permission() {
    assert_eq!(COMMANDS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), NAMES);
    let known = |code: &str| platform::ehr::roles::permission_of(code).is_some();
    assert!(COMMANDS.iter().all(|(_, permission)| known(permission)));
}

#[test]
fn an_order_goes_from_draft_to_result_and_is_acknowledged() {
    let ward = ward();
    let patient = inpatient(&ward);
    let order = drafted(&ward, &patient, "lab-potassium");
    let orders =
        |ward: &Ward| Chart::open(&ward.access, &patient, Section::Orders).unwrap().orders().unwrap();
    assert_eq!(orders(&ward)[0].state, OrderState::Draft);
    assert_eq!(ward.refused("record_result", json!({"order": order, "value": "6.9"})), ["order"]);
    sign(&ward, &patient, "").unwrap();
    assert_eq!(orders(&ward)[0].state, OrderState::Active);
    let tasks = ward.search(&format!("Task?patient={patient}&status=requested"));
    assert_eq!(tasks[0]["focus"]["reference"], order);

    let done = ward.run("record_result", json!({"order": order, "value": "6.9"})).unwrap();
    assert_eq!(ward.read(&order)["status"], "completed");
    assert_eq!(ward.search(&format!("DiagnosticReport?based-on={order}")).len(), 1);
    let observation = done.resources[0].id.clone();
    let waiting = in_basket(&ward.access, &InBasketQuery::default()).unwrap().waiting;
    let about = format!("Observation/{observation}");
    assert_eq!((waiting.len(), waiting[0].about.as_str()), (1, about.as_str()));
    assert_eq!(waiting[0].point.as_ref().unwrap().flag.as_ref().unwrap().code, "HH");

    let form = json!({"observation": observation, "read_back": "Okafor, potassium 6.9", "action": "ECG and calcium"});
    ward.run("acknowledge_result", form.clone()).unwrap();
    assert!(in_basket(&ward.access, &InBasketQuery::default()).unwrap().waiting.is_empty());
    assert_eq!(ward.refused("acknowledge_result", form), ["observation"]);
    let chart = Chart::open(&ward.access, &patient, Section::Results).unwrap();
    let told = &chart.acknowledged().unwrap()[&observation];
    assert_eq!((told.by.as_str(), told.action.as_str(), told.after_min), ("ana", "ECG and calcium", Some(0)));
}

#[test]
fn rules_stop_warn_and_leave_a_trace() {
    let ward = ward();
    let patient = inpatient(&ward);
    resulted(&ward, &patient, "lab-potassium", "5.8");
    resulted(&ward, &patient, "lab-creatinine", "3.4");
    ward.run("record_allergy", json!({"patient": patient, "substance": "penicillin G"})).unwrap();

    let rule = |name: &str, severity: &str| Err(vec![(format!("rule-{name}"), severity.to_owned())]);
    let cases = [
        ("med-potassium-chloride", rule("potassium-high", "stop")),
        ("med-metformin", rule("metformin-kidney", "stop")),
        ("med-ibuprofen", rule("nsaid-kidney", "warning")),
        ("med-amoxicillin", rule("allergy-conflict", "warning")),
        ("med-lisinopril", Ok(())),
        ("med-lisinopril", rule("duplicate-order", "warning")),
        ("lab-potassium", Ok(())),
    ];
    for (orderable, expected) in cases {
        let order = drafted(&ward, &patient, orderable);
        assert_eq!(sign(&ward, &patient, ""), expected, "{orderable}");
        if expected.is_err() {
            assert_eq!(ward.read(&order)["status"], "draft");
            ward.run("discontinue_order", json!({"order": order})).unwrap();
        }
    }
    drafted(&ward, &patient, "med-ibuprofen");
    sign(&ward, &patient, "one dose only").unwrap();
    drafted(&ward, &patient, "med-metformin");
    assert!(sign(&ward, &patient, "I insist").is_err(), "a hard stop has no override");

    let told = fired(&ward);
    let is = |rule: &str, response: &str| told.contains(&(format!("rule-{rule}"), response.to_owned()));
    assert!(
        is("potassium-high", "blocked")
            && is("nsaid-kidney", "overridden")
            && is("allergy-conflict", "shown"),
        "{told:?}"
    );
    let logs = platform::ehr::support::rule_logs(&ward.access).unwrap();
    let kidney = &logs["rule-nsaid-kidney"];
    assert_eq!((kidney.orders, kidney.overridden, kidney.shown), (2, 1, 1));
    assert_eq!(kidney.last[0].reason.as_deref(), Some("one dose only"));
    assert_eq!(ward.access.sandbox().journal_break().unwrap(), None);
}

#[test]
fn orders_signed_together_are_judged_together() {
    let ward = ward();
    let patient = inpatient(&ward);
    let set = ward.run("draft_order_set", json!({"patient": patient, "order_set": "Sepsis"})).unwrap();
    assert_eq!(set.resources.len(), 6);
    drafted(&ward, &patient, "lab-lactate");
    let expected = vec![("rule-duplicate-order".to_owned(), "warning".to_owned())];
    assert_eq!(sign(&ward, &patient, ""), Err(expected));
    sign(&ward, &patient, "two samples, two hours apart").unwrap();
    assert_eq!(ward.search(&format!("ServiceRequest?patient={patient}&status=active")).len(), 6);
    assert_eq!(ward.search(&format!("MedicationRequest?patient={patient}&status=active")).len(), 1);
}

#[test]
fn a_dose_is_given_by_the_five_rights() {
    let ward = ward();
    let patient = inpatient(&ward);
    let order = drafted(&ward, &patient, "med-furosemide");
    let scan = ward.read(&format!("Patient/{patient}"))["identifier"][0]["value"].clone();
    let dose = |more: Value| {
        let mut form = json!({"order": order, "wristband": scan, "product": "313988", "override_reason": "first dose at once"});
        form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        form
    };
    assert_eq!(ward.refused("administer_medication", dose(json!({}))), ["order"]);
    sign(&ward, &patient, "").unwrap();
    assert_eq!(ward.refused("administer_medication", dose(json!({}))), ["unverified_reason"]);
    ward.run("verify_order", json!({"order": order})).unwrap();
    let sheets = |ward: &Ward| {
        Chart::open(&ward.access, &patient, Section::Administration).unwrap().administration().unwrap()
    };
    assert!(sheets(&ward)[0].scheduled && sheets(&ward)[0].recorded.is_empty());
    assert_eq!(ward.refused("administer_medication", dose(json!({"wristband": "0000000"}))), ["wristband"]);
    assert_eq!(ward.refused("administer_medication", dose(json!({"product": "860975"}))), ["product"]);
    ward.run("administer_medication", dose(json!({}))).unwrap();
    let sheet = sheets(&ward).remove(0);
    assert_eq!((sheet.recorded.len(), sheet.recorded[0].given), (1, true));
    assert!(sheet.doses.iter().any(|one| one.state == DoseState::Given), "{:?}", sheet.doses);
    let written = ward.search(&format!("MedicationAdministration?request={order}"));
    assert_eq!(written[0]["note"][0]["text"], "first dose at once");
}

#[test]
fn what_is_given_as_needed_waits_for_its_interval() {
    let ward = ward();
    let patient = inpatient(&ward);
    let order = drafted(&ward, &patient, "med-acetaminophen");
    sign(&ward, &patient, "").unwrap();
    ward.run("verify_order", json!({"order": order})).unwrap();
    let scan = ward.read(&format!("Patient/{patient}"))["identifier"][0]["value"].clone();
    let dose = json!({"order": order, "wristband": scan, "product": "313782"});
    ward.run("administer_medication", dose.clone()).unwrap();
    assert_eq!(ward.refused("administer_medication", dose), ["override_reason"]);
}

#[test]
fn medicines_are_reconciled_at_both_ends_of_a_stay() {
    let ward = ward();
    let patient = inpatient(&ward);
    let about = json!({"reference": format!("Patient/{patient}")});
    ward.put(
        &json!({"resourceType": "MedicationStatement", "id": "tea", "status": "active", "subject": about,
        "medicationCodeableConcept": {"text": "Home tea"}, "dosage": [{"text": "one cup"}]}),
    );
    let reconcile =
        |at: &str, decisions: String| json!({"patient": patient, "at": at, "decisions": decisions});
    let done = ward
        .run("reconcile_medications", reconcile("admission", "MedicationStatement/tea continue".to_owned()))
        .unwrap();
    assert_eq!(done.resources.len(), 2);
    sign(&ward, &patient, "").unwrap();
    let order =
        ward.search(&format!("MedicationRequest?patient={patient}"))[0]["id"].as_str().unwrap().to_owned();
    let decisions = format!(
        "MedicationStatement/tea stop makes no difference\nMedicationRequest/{order} stop not needed"
    );
    ward.run("reconcile_medications", reconcile("discharge", decisions)).unwrap();
    assert_eq!(ward.read("MedicationStatement/tea")["status"], "stopped");
    let lists = ward.search(&format!("List?patient={patient}"));
    assert_eq!(lists.len(), 2);
    assert_eq!(ward.refused("reconcile_medications", reconcile("discharge", String::new())), ["decisions"]);
}

#[test]
fn problems_and_allergies_are_kept_as_lists() {
    let ward = ward();
    let patient = inpatient(&ward);
    let added = ward.run("add_problem", json!({"patient": patient, "problem": "I10"})).unwrap();
    let problem = &added.resources[0].id;
    ward.refused("add_problem", json!({"patient": patient, "problem": "I10"}));
    let revise =
        json!({"problem": problem, "status": "resolved", "reason": "was the cuff", "expected_version": 1});
    ward.run("revise_problem", revise.clone()).unwrap();
    assert!(matches!(ward.run("revise_problem", revise), Err(CommandError::Fhir(_))));
    let allergy = ward.run("record_allergy", json!({"patient": patient, "substance": "codeine"})).unwrap();
    let revise =
        json!({"allergy": allergy.resources[0].id, "status": "refuted", "reason": "tolerated since"});
    ward.run("revise_allergy", revise).unwrap();
    let summary = Chart::open(&ward.access, &patient, Section::Summary).unwrap().summary().unwrap();
    assert!(summary.problems.is_empty() && summary.allergies.is_empty());
}
