//! Definitions that change.

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

fn shipped(id: &str) -> Value {
    let mut all: Vec<Value> = Vec::new();
    crate::build::write(NOW_US, &mut |one| all.push(serde_json::from_slice(one.body).unwrap()));
    all.into_iter().find(|one| one["id"] == id).unwrap()
}

#[test]
fn an_orderable_is_made_and_changed_in_place() {
    let change = |form: Value, current: Option<&Value>| {
        let facts = DefinitionFacts { current, ..DefinitionFacts::default() };
        change_orderable(&serde_json::from_value(form).unwrap(), &facts, NOW_US, "med-new")
    };
    let form = json!({"title": "Naproxen, night", "kind": "medication", "code": "198014", "dose": "250", "unit": "mg", "route": "oral",
        "frequency": "nightly", "classes": "nsaid", "conflicts": "1191 5640"});
    let made = change(form, None).unwrap();
    assert_eq!((classes_of(&made), conflicts_of(&made)), (vec!["nsaid"], vec!["1191", "5640"]));
    assert_eq!(made["dosage"][0]["text"], "250 mg by mouth every night");
    let mut old = shipped("med-naproxen");
    old["publisher"] = "Pharmacy".into();
    let test = change(
        json!({"title": "Test", "kind": "laboratory", "code": "2823-3", "status": "retired"}),
        Some(&old),
    )
    .unwrap();
    assert_eq!(
        (&test["publisher"], &test["status"], &test["kind"]),
        (&json!("Pharmacy"), &json!("retired"), &json!("ServiceRequest"))
    );
    assert!(test.get("dosage").is_none() && test.get("productCodeableConcept").is_none());
    assert_eq!(fields(change(json!({}), None)), ["title", "kind", "code"]);
    assert_eq!(
        fields(change(json!({"title": "x", "kind": "medication", "code": "1"}), None)),
        ["dose", "unit", "route", "frequency"]
    );
}

#[test]
fn an_order_set_reads_as_it_is_typed() {
    let set = shipped("set-chest-pain");
    let lines = item_lines(&set);
    let known: Vec<String> = lines
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    let change = |items: &str| {
        let form = json!({"title": "Chest pain", "items": items});
        let facts = DefinitionFacts { current: Some(&set), orderables: &known, ..DefinitionFacts::default() };
        change_order_set(&serde_json::from_value(form).unwrap(), &facts, NOW_US, "set-chest-pain")
    };
    assert_eq!(change(&lines).unwrap()["action"], set["action"]);
    assert_eq!(
        item_lines(&change("img-ecg ticked\n\nlab-troponin").unwrap()),
        "# Orders\nimg-ecg ticked\nlab-troponin"
    );
    for (items, wrong) in [("", 1), ("# Empty", 1), ("img-nothing", 1), ("img-ecg sometimes", 1)] {
        assert_eq!(fields(change(items)).len(), wrong, "{items}");
    }
}

#[test]
fn a_rule_needs_a_condition_that_can_be_read() {
    let change = |form: Value, unreadable: Option<&str>, current: Option<&Value>| {
        let facts = DefinitionFacts { current, unreadable, ..DefinitionFacts::default() };
        change_rule(&serde_json::from_value(form).unwrap(), &facts, NOW_US, "r1")
    };
    let form = json!({"title": "R", "condition": "%egfr < 30", "severity": "stop", "message": "No."});
    let made = crate::ehr::rule_of(&change(form.clone(), None, None).unwrap()).unwrap();
    assert_eq!(
        (made.condition.as_str(), made.severity.word(), made.message.as_str()),
        ("%egfr < 30", "stop", "No.")
    );
    assert_eq!(fields(change(form.clone(), Some("cannot be read"), None)), ["condition"]);
    assert_eq!(fields(change(form, None, Some(&shipped("set-sepsis")))), ["id"]);
    assert_eq!(fields(change(json!({}), None, None)), ["title", "condition", "severity", "message"]);
}

#[test]
fn a_restored_definition_is_the_earlier_one() {
    let (now, then) = (json!({"id": "r", "title": "B"}), json!({"id": "r", "title": "A"}));
    let facts = DefinitionFacts { current: Some(&now), earlier: Some(&then), ..DefinitionFacts::default() };
    assert_eq!(restore_definition(&facts, NOW_US).unwrap()["title"], "A");
    let gone = DefinitionFacts { earlier: None, ..facts };
    assert_eq!(fields(restore_definition(&gone, NOW_US)), ["version"]);
    assert_eq!(fields(restore_definition(&DefinitionFacts::default(), NOW_US)), ["definition"]);
}
