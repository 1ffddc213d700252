//! From the catalogue to an order in force, and everything typed wrong.

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;
use crate::calendar::DAY_US;
use crate::ehr::EhrError;
use crate::ehr::support::{Firing, Severity};

/// 2031-03-04T07:15:00Z.
const NOW_US: i64 = 1_930_374_900_000_000;
const HOUR_US: i64 = DAY_US / 24;

fn ids() -> impl FnMut() -> String {
    let mut made = 0;
    move || {
        made += 1;
        format!("new-{made}")
    }
}

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn fields<T: std::fmt::Debug>(result: Result<T, EhrError>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(EhrError::Fields(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
        Err(other) => vec![other.word().to_owned()],
    }
}

/// An orderable as every hospital has it.
fn orderable(id: &str) -> Value {
    definitions().into_iter().find(|one| one["id"] == id).unwrap()
}

fn definitions() -> Vec<Value> {
    let mut all = Vec::new();
    crate::build::write(NOW_US, &mut |one| all.push(serde_json::from_slice(one.body).unwrap()));
    all
}

fn patient() -> Value {
    json!({"resourceType": "Patient", "id": "p1"})
}

fn drafted(orderable: &Value, form: Value) -> Result<Value, EhrError> {
    let patient = patient();
    let facts = DraftFacts {
        patient: Some(&patient),
        orderable: Some(orderable),
        author: "ana",
        ..DraftFacts::default()
    };
    draft_order(&read(form), &facts, "o1")
}

#[test]
fn a_draft_takes_what_was_typed_over_what_the_catalogue_offers() {
    let cases = [
        ("med-acetaminophen", json!({}), "650 mg by mouth every 6 hours as needed for pain or fever"),
        (
            "med-acetaminophen",
            json!({"as_needed": "no", "dose": "1", "unit": "g", "days": 1}),
            "1 g by mouth every 6 hours, for 1 day",
        ),
        ("med-metformin", json!({"frequency": "daily", "days": 7}), "500 mg by mouth once a day, for 7 days"),
        ("med-piperacillin", json!({}), "2.25 g into a vein every 6 hours"),
        ("med-enoxaparin", json!({"frequency": "once"}), "40 mg under the skin once"),
    ];
    for (id, form, words) in cases {
        let order = drafted(&orderable(id), form).unwrap();
        assert_eq!(order["dosageInstruction"][0]["text"], words, "{id}");
        assert_eq!(
            (&order["status"], &order["resourceType"]),
            (&json!("draft"), &json!("MedicationRequest"))
        );
    }
    let order = drafted(&orderable("lab-potassium"), json!({"priority": "stat", "reason": "weak"})).unwrap();
    assert_eq!(
        (&order["category"][0]["coding"][0]["code"], &order["priority"]),
        (&json!("108252007"), &json!("stat"))
    );
    assert_eq!(codes_of(&order), ["2823-3"]);
}

#[test]
fn every_field_that_is_wrong_is_named() {
    let metformin = orderable("med-metformin");
    let cases = [
        (
            json!({"dose": "-1", "unit": "bowl", "route": "nose", "frequency": "often", "days": 0}),
            vec!["dose", "unit", "route", "frequency", "days"],
        ),
        (json!({"dose": "two", "days": 1.5, "priority": "now"}), vec!["priority", "dose", "days"]),
        (json!({"encounter": "gone"}), vec!["encounter"]),
        (json!({"reason": "a\nb"}), vec!["reason"]),
    ];
    for (form, wrong) in cases {
        assert_eq!(fields(drafted(&metformin, form.clone())), wrong, "{form}");
    }
    let mut retired = metformin;
    retired["status"] = "retired".into();
    assert_eq!(fields(drafted(&retired, json!({}))), ["orderable"]);
    let bare = json!({"kind": "MedicationRequest", "status": "active"});
    assert_eq!(fields(drafted(&bare, json!({}))), ["dose", "unit", "route", "frequency"]);
}

#[test]
fn an_order_set_gives_the_ticked_items_in_its_order() {
    let (patient, all) = (patient(), definitions());
    let set = orderable("set-sepsis");
    let facts = OrderSetFacts {
        patient: Some(&patient),
        set: Some(&set),
        orderables: &all,
        author: "ana",
        ..OrderSetFacts::default()
    };
    let names = |form: Value| {
        let drafts = draft_order_set(&read(form), &facts, &mut ids())?;
        Ok::<_, EhrError>(
            drafts
                .iter()
                .map(|one| {
                    one["instantiatesCanonical"][0].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
                })
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        names(json!({})).unwrap(),
        [
            "lab-lactate",
            "lab-blood-culture",
            "lab-blood-count",
            "lab-basic-metabolic",
            "img-portable-chest-xray",
            "med-piperacillin"
        ]
    );
    assert_eq!(
        names(json!({"items": "med-vancomycin, lab-lactate"})).unwrap(),
        ["lab-lactate", "med-vancomycin"]
    );
    assert_eq!(fields(names(json!({"items": "lab-sodium lab-lactate"}))), ["items"]);
    assert_eq!(fields(names(json!({"items": " , "}))), ["items"]);
    let missing = OrderSetFacts { orderables: &[], ..facts.clone() };
    assert!(
        fields(draft_order_set(&read(json!({"items": "lab-lactate"})), &missing, &mut ids()))
            .contains(&"items".to_owned())
    );
}

fn firing(severity: Severity) -> Firing {
    Firing {
        rule: "r".to_owned(),
        version: 1,
        title: "Rule".to_owned(),
        patient: "p1".to_owned(),
        order: "MedicationRequest/o1".to_owned(),
        ordered: "Metformin".to_owned(),
        severity,
        message: "Mind.".to_owned(),
    }
}

#[test]
fn rules_decide_whether_a_draft_is_signed() {
    let (patient, order) = (patient(), drafted(&orderable("lab-potassium"), json!({})).unwrap());
    let cases = [
        (None, json!({}), ""),
        (Some(Severity::Info), json!({}), ""),
        (Some(Severity::Warning), json!({}), "support"),
        (Some(Severity::Warning), json!({"override_reason": "known, tolerated before"}), ""),
        (Some(Severity::Stop), json!({"override_reason": "I insist"}), "support"),
    ];
    for (severity, form, outcome) in cases {
        let firings: Vec<Firing> = severity.into_iter().map(firing).collect();
        let facts = SignFacts {
            patient: Some(&patient),
            orders: std::slice::from_ref(&order),
            firings: &firings,
            author: "ana",
            ..SignFacts::default()
        };
        let signed = sign_orders(&read(form), &facts, NOW_US, &mut ids());
        assert_eq!(fields(signed.clone()).concat(), outcome, "{severity:?}");
        if let Ok((orders, tasks)) = signed {
            assert_eq!(
                (&orders[0]["status"], &orders[0]["authoredOn"]),
                (&json!("active"), &json!("2031-03-04T07:15:00Z"))
            );
            assert_eq!(tasks[0]["focus"]["reference"], "ServiceRequest/o1");
        }
    }
}

#[test]
fn only_drafts_of_the_patient_are_signed() {
    let patient = patient();
    let mine = json!({"resourceType": "ServiceRequest", "id": "a", "status": "active", "subject": {"reference": "Patient/p1"}});
    let theirs = json!({"resourceType": "ServiceRequest", "id": "b", "status": "draft", "subject": {"reference": "Patient/p2"}});
    for (orders, missing) in [
        (vec![mine], vec![]),
        (vec![theirs], vec![]),
        (vec![], vec!["ServiceRequest/x".to_owned()]),
        (vec![], vec![]),
    ] {
        let facts =
            SignFacts { patient: Some(&patient), orders: &orders, missing: &missing, ..SignFacts::default() };
        assert_eq!(
            fields(sign_orders(&read(json!({})), &facts, NOW_US, &mut ids())),
            ["orders"],
            "{orders:?}"
        );
    }
}

#[test]
fn an_order_ends_by_its_kind_and_with_its_work() {
    let task = json!({"resourceType": "Task", "status": "requested"});
    let cases = [
        ("MedicationRequest", "draft", json!({}), Ok("cancelled")),
        ("MedicationRequest", "active", json!({"reason": "rash"}), Ok("stopped")),
        ("ServiceRequest", "draft", json!({}), Ok("revoked")),
        ("ServiceRequest", "active", json!({"reason": "done elsewhere"}), Ok("revoked")),
        ("ServiceRequest", "active", json!({}), Err("reason")),
        ("ServiceRequest", "completed", json!({"reason": "x"}), Err("order")),
    ];
    for (kind, status, form, outcome) in cases {
        let order = json!({"resourceType": kind, "id": "o1", "status": status, "note": [{"text": "kept"}]});
        let facts =
            DiscontinueFacts { order: Some(&order), tasks: std::slice::from_ref(&task), author: "ana" };
        match (discontinue_order(&read(form), &facts, NOW_US), outcome) {
            (Ok(changed), Ok(status)) => {
                assert_eq!(changed[0]["status"], status);
                assert_eq!(
                    (&changed[0]["note"][0]["text"], &changed[1]["status"]),
                    (&json!("kept"), &json!("cancelled"))
                );
            }
            (result, outcome) => assert_eq!(fields(result), [outcome.unwrap_err()], "{kind} {status}"),
        }
    }
}

#[test]
fn doses_are_due_at_the_wards_hours() {
    let dosing = |frequency: &str, as_needed: Option<&str>, days: Option<u64>| Dosing {
        days,
        ..Dosing::of_table(("1", "mg"), "oral", frequency, as_needed)
    };
    let cases = [
        (dosing("bid", None, None), vec![9, 21, 33, 45]),
        (dosing("q6h", None, Some(1)), vec![12, 18, 24, 30]),
        (dosing("once", None, None), vec![]),
        (dosing("daily", Some("pain"), None), vec![]),
    ];
    let midnight = NOW_US - NOW_US.rem_euclid(DAY_US);
    for (dosing, hours) in cases {
        let due = due_times(&dosing, NOW_US, midnight + 8 * HOUR_US, midnight + 2 * DAY_US);
        let told: Vec<i64> = due.iter().map(|at| (at - midnight) / HOUR_US).collect();
        assert_eq!(told, hours, "{}", dosing.words());
    }
    assert_eq!(due_times(&dosing("once", None, None), NOW_US, NOW_US, NOW_US + 1), [NOW_US]);
}

proptest! {
    #[test]
    fn a_dosage_reads_as_it_was_written(amount in 1_u32..5000, unit in 0_usize..8, route in 0_usize..7, often in 0_usize..10, days in proptest::option::of(1_u64..366)) {
        let frequency = &FREQUENCIES[often];
        // How often goes with how long; a single dose is not given for days.
        let days = days.filter(|_| frequency.code != "once");
        let dosing = Dosing { days, ..Dosing::of_table((&amount.to_string(), UNITS[unit].0), ROUTES[route].0, frequency.code, None) };
        prop_assert_eq!(Dosing::read(&dosage(&dosing)), Some(dosing));
    }

    #[test]
    fn no_resource_makes_a_dosage_unreadable(text in "\\PC{0,20}", number in any::<f64>()) {
        let odd = json!({"doseAndRate": [{"doseQuantity": {"value": number, "unit": text}}], "timing": {"repeat": {"frequency": text, "period": number, "periodUnit": "h"}}, "route": {"text": text}});
        let read = Dosing::read(&odd);
        if let Some(dosing) = read {
            prop_assert!(!dosing.words().is_empty());
            due_times(&dosing, NOW_US, NOW_US, NOW_US + DAY_US);
        }
    }
}
