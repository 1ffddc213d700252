//! Rules that are tried on hidden orders.

use platform::labs::Standing;
use serde_json::{Value, json};
use store::journal::Filter;

use super::grading::{Desk, at};

/// Puts a rule into force that every hospital starts with, with another condition and severity.
fn write_rule(desk: &Desk, condition: &str, severity: &str) {
    let rule = json!({
        "resourceType": "PlanDefinition", "id": "rule-nsaid-kidney", "status": "active",
        "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "eca-rule"}]},
        "action": [{
            "code": [{"coding": [{"system": "https://practicum.example/rule-severity", "code": severity}]}],
            "condition": [{"kind": "applicability", "expression": {"language": "text/fhirpath", "expression": condition}}],
        }],
    });
    desk.fhir("PUT", "PlanDefinition/rule-nsaid-kidney", Some(&rule));
    desk.check();
}

#[test]
fn a_rule_is_right_when_it_catches_all_and_leaves_the_rest_in_peace() {
    let desk = at("rules");
    desk.check();
    assert_eq!(
        desk.standing("alert"),
        Standing::Failed,
        "the rule of every hospital is too loud for this lab"
    );
    let is_nsaid = "%orderable.topic.coding.where(code = 'nsaid').exists()";
    let limit = desk.value("/limit/value");
    for (condition, severity, standing) in [
        (format!("{is_nsaid} and %egfr < {limit}"), "warning", Standing::Passed),
        (format!("{is_nsaid} and %egfr < {limit}"), "stop", Standing::Passed),
        (format!("{is_nsaid} and %egfr < {limit}"), "info", Standing::Failed),
        (is_nsaid.to_owned(), "warning", Standing::Failed),
        ("true".to_owned(), "warning", Standing::Failed),
        ("false".to_owned(), "warning", Standing::Failed),
        ("%nothing +".to_owned(), "warning", Standing::Failed),
        (format!("{is_nsaid} and (%egfr < {limit}).not().not()"), "warning", Standing::Passed),
    ] {
        write_rule(&desk, &condition, severity);
        assert_eq!(desk.standing("alert"), standing, "{severity}: {condition}");
    }
}

#[test]
fn hidden_orders_are_in_nothing_that_a_learner_can_reach() {
    let desk = at("rules");
    write_rule(&desk, "true", "warning");
    let platform = &desk.home.platform;
    let view = platform.view_attempt(&desk.home.ana, &desk.attempt.id, "").unwrap();
    let seen = serde_json::to_string(&view).unwrap();
    for secret in ["med-naproxen", "dangerous\":", "egfr", "87"] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
    let access =
        platform.enter(&desk.home.ana, desk.attempt.sandbox.as_ref().unwrap().as_str(), "web").unwrap();
    let entries = access.sandbox().journal(&Filter::default()).unwrap();
    assert!(
        entries.len() > 1 && entries.iter().all(|entry| !entry.event.detail.to_string().contains("rehears"))
    );
    for kind in ["Patient", "MedicationRequest", "Observation"] {
        let found: Value = desk.fhir("GET", &format!("{kind}?_id=rehearsal,rehearsed"), None).body;
        assert!(found["entry"].as_array().is_none_or(Vec::is_empty), "{kind}");
    }
}
