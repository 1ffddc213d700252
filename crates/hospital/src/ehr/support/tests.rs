//! What rules may know.

use serde::Deserialize;
use serde_json::json;

use super::egfr::creatinine_at;
use super::*;
use crate::build::starting_orderables;

#[test]
fn the_filtration_rate_is_that_of_the_published_equation() {
    // Worked by hand from the coefficients of Inker et al., 2021, table S7.
    let cases = [
        (0.7, 40, true, Some(112.0)),
        (0.9, 40, false, Some(111.0)),
        (2.0, 70, false, Some(35.0)),
        (3.0, 60, true, Some(17.0)),
        (1.0, 12, true, None),
        (0.0, 40, true, None),
    ];
    for (creatinine, age, female, rate) in cases {
        assert_eq!(egfr(creatinine, age, female), rate, "{creatinine} {age} {female}");
    }
}

#[test]
fn the_newest_final_result_of_each_test_counts() {
    let result = |value: f64, at: &str, status: &str, category: &str| {
        json!({"status": status, "category": [{"coding": [{"code": category}]}], "code": {"coding": [{"code": "2823-3"}]},
            "effectiveDateTime": at, "valueQuantity": {"value": value}})
    };
    let newest = newest_results(vec![
        result(4.0, "2031-03-01T00:00:00Z", "final", "laboratory"),
        result(5.6, "2031-03-03T00:00:00Z", "final", "laboratory"),
        result(9.9, "2031-03-04T00:00:00Z", "entered-in-error", "laboratory"),
        result(8.8, "2031-03-04T00:00:00Z", "final", "vital-signs"),
        result(4.2, "2031-03-02T00:00:00Z", "final", "laboratory"),
    ]);
    assert_eq!(
        newest.iter().map(|one| one["valueQuantity"]["value"].as_f64().unwrap()).collect::<Vec<_>>(),
        [5.6]
    );
}

#[test]
fn a_definition_is_a_rule_if_it_has_a_condition() {
    let rule = json!({"id": "r", "meta": {"versionId": "3"}, "status": "active", "title": "T", "type": {"coding": [{"code": "eca-rule"}]},
        "action": [{"condition": [{"expression": {"expression": "true"}}]}]});
    let read = rule_of(&rule).unwrap();
    assert_eq!(
        (read.version, read.severity, read.message.as_str(), read.is_active),
        (3, Severity::Warning, "T", true)
    );
    for pointer in ["/type/coding", "/action"] {
        let mut odd = rule.clone();
        *odd.pointer_mut(pointer).unwrap() = json!([]);
        assert_eq!(rule_of(&odd), None, "{pointer}");
    }
}

#[test]
fn a_creatinine_is_found_for_every_rate_a_rule_may_ask_about() {
    for age in [18, 44, 71, 95] {
        for female in [true, false] {
            for rate in 5..=90 {
                let value = creatinine_at(f64::from(rate), age, female).unwrap();
                assert_eq!(egfr(value, age, female), Some(f64::from(rate)), "{rate} {age} {female}");
            }
        }
    }
    assert_eq!(creatinine_at(400.0, 50, true), None);
    assert_eq!(creatinine_at(50.0, 12, true), None);
}

const NOW_US: i64 = 1_930_374_900_000_000;

fn stage(rehearsal: serde_json::Value) -> Result<Staged, String> {
    Rehearsal::deserialize(rehearsal).unwrap().stage(&starting_orderables(), NOW_US)
}

#[test]
fn a_rehearsal_is_an_order_with_all_that_is_said_of_its_patient() {
    for age in 18..=100 {
        let staged =
            stage(json!({"orderable": "med-ibuprofen", "age": age, "sex": "female", "egfr": "29"})).unwrap();
        let variables = staged.facts.variables(&staged.order, None, NOW_US);
        let known = variables.iter().find(|(name, _)| *name == "egfr").map(|(_, value)| value.clone());
        assert_eq!(known, Some(json!(29.0)), "{age}");
    }
    let staged = stage(json!({
        "orderable": "med-naproxen",
        "results": [{"test": "2823-3", "value": 6.3, "hours_ago": 50}, {"test": "2823-3", "value": "3.4"}],
        "orders": [{"orderable": "med-ibuprofen"}, {"orderable": "lab-potassium", "status": "completed", "hours_ago": 1}],
        "allergies": ["723"],
    }));
    let facts = staged.unwrap().facts;
    assert_eq!(facts.results.len(), 1, "the newest of each test");
    assert_eq!(facts.results[0]["valueQuantity"]["value"], 3.4);
    let states: Vec<_> = facts.orders.iter().map(|order| order["status"].as_str().unwrap()).collect();
    assert_eq!(states, ["active", "completed"]);
    assert_eq!(facts.allergies[0]["code"]["coding"][0]["code"], "723");
}

#[test]
fn rehearsals_that_cannot_be() {
    for (rehearsal, words) in [
        (json!({}), "no orderable ''"),
        (json!({"orderable": "med-moonlight"}), "no orderable 'med-moonlight'"),
        (json!({"orderable": "med-aspirin", "age": "old"}), "age 'old'"),
        (json!({"orderable": "med-aspirin", "egfr": "low"}), "egfr 'low'"),
        (json!({"orderable": "med-aspirin", "egfr": 29, "age": 7}), "no creatinine"),
        (json!({"orderable": "med-aspirin", "results": [{"test": "2823-3"}]}), "no value"),
        (json!({"orderable": "med-aspirin", "orders": [{"orderable": "x"}]}), "no orderable 'x'"),
    ] {
        let error = stage(rehearsal).unwrap_err();
        assert!(error.contains(words), "{error}");
    }
}
