//! What rules may know.

use serde_json::json;

use super::*;

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
