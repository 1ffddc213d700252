//! Reports, flags, and who took note.

use serde_json::{Value, json};

use super::*;
use crate::ehr::EhrError;

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

fn order(code: &str, status: &str) -> Value {
    json!({"resourceType": "ServiceRequest", "id": "s1", "status": status, "subject": {"reference": "Patient/p1"},
        "requester": {"display": "ana"}, "code": {"coding": [{"code": code}]}})
}

fn report(order: &Value, form: Value) -> Result<(Vec<Value>, Vec<Value>), EhrError> {
    let facts = ResultFacts { order: Some(order), tasks: &[], author: "lab" };
    record_result(&serde_json::from_value(form).unwrap(), &facts, NOW_US, &mut ids())
}

fn kinds(written: &[Value]) -> Vec<&str> {
    written.iter().map(|one| one["resourceType"].as_str().unwrap()).collect()
}

#[test]
fn values_are_flagged_by_the_laboratorys_ranges() {
    let cases = [
        ("2823-3", "4.1", None),
        ("2823-3", "5.4", Some("H")),
        ("2823-3", "6.9", Some("HH")),
        ("2823-3", "2.1", Some("LL")),
        ("718-7", "6.4", Some("LL")),
    ];
    for (code, value, flag) in cases {
        let (written, changed) = report(&order(code, "active"), json!({"value": value})).unwrap();
        let found = written[0].pointer("/interpretation/0/coding/0/code").and_then(Value::as_str);
        assert_eq!(found, flag, "{code} {value}");
        let waits = flag.is_some_and(|flag| flag.len() == 2);
        assert_eq!(kinds(&written).len(), if waits { 3 } else { 2 });
        assert_eq!(written[1]["result"][0]["reference"], "Observation/new-1");
        assert_eq!(written[1]["basedOn"][0]["reference"], "ServiceRequest/s1");
        assert_eq!(changed[0]["status"], "completed");
        assert!(written[0].pointer("/referenceRange/0").is_some());
    }
}

#[test]
fn panels_cultures_and_images_are_reported_as_they_are() {
    let panel = report(&order("58410-2", "active"), json!({"values": "718-7 13.1\n6690-2=19.4; 777-3: 210"}))
        .unwrap()
        .0;
    assert_eq!(kinds(&panel), ["Observation", "Observation", "Observation", "DiagnosticReport"]);
    let culture = report(&order("600-7", "active"), json!({"value": "No growth"})).unwrap().0;
    assert_eq!(culture[0]["valueString"], "No growth");
    let image = report(&order("36643-5", "active"), json!({"conclusion": "No infiltrate."})).unwrap().0;
    assert_eq!(
        (kinds(&image), &image[0]["conclusion"]),
        (vec!["DiagnosticReport"], &json!("No infiltrate."))
    );
}

#[test]
fn what_cannot_be_a_result_is_refused() {
    let cases = [
        ("2823-3", "active", json!({"value": "high"}), vec!["value"]),
        ("2823-3", "active", json!({}), vec!["value"]),
        ("2823-3", "draft", json!({"value": 4}), vec!["order"]),
        ("58410-2", "active", json!({"value": "4"}), vec!["value"]),
        ("58410-2", "active", json!({"values": "2823-3 4.1; 718-7"}), vec!["values", "values"]),
        ("36643-5", "active", json!({}), vec!["conclusion"]),
        ("36643-5", "active", json!({"value": "4"}), vec!["value"]),
    ];
    for (code, status, form, wrong) in cases {
        assert_eq!(fields(report(&order(code, status), form.clone())), wrong, "{code} {form}");
    }
}

#[test]
fn taking_note_needs_the_value_read_back() {
    let (written, _) = report(&order("2823-3", "active"), json!({"value": "6.9"})).unwrap();
    let tell = |form: Value, acknowledged: bool| {
        let facts = AcknowledgeFacts {
            observation: Some(&written[0]),
            acknowledged,
            tasks: &written[2..],
            author: "ana",
        };
        acknowledge_result(&serde_json::from_value(form).unwrap(), &facts, NOW_US + 600_000_000, "c1")
    };
    let right = json!({"read_back": "Ruth Okafor, potassium 6.9", "action": "Calcium given"});
    let (told, tasks) = tell(right.clone(), false).unwrap();
    assert_eq!(
        (&told["sent"], &told["received"]),
        (&json!("2031-03-04T07:15:00Z"), &json!("2031-03-04T07:25:00Z"))
    );
    assert_eq!(
        (&told["about"][0]["reference"], &tasks[0]["status"]),
        (&json!("Observation/new-1"), &json!("completed"))
    );
    assert_eq!(fields(tell(right, true)), ["observation"]);
    assert_eq!(fields(tell(json!({"read_back": "potassium 9.6", "action": "x"}), false)), ["read_back"]);
    assert_eq!(fields(tell(json!({}), false)), ["read_back", "action"]);
}
