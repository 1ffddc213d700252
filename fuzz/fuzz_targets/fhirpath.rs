//! A FHIRPath expression: it is evaluated or refused with a place inside it, within its limits.
#![no_main]

use fhirpath::{Engine, Question};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|expression: &str| {
    let input = json!({
        "resourceType": "Patient", "id": "a", "birthDate": "1980-05-17", "active": true, "multipleBirthInteger": 2,
        "name": [{"use": "official", "family": "Moor", "given": ["Ada", "Zoë"]}],
        "contact": [{"period": {"start": "2024-03-01T08:00:00Z"}}],
    });
    let variables = [("n", json!(1.5)), ("all", json!(["a", "b"]))];
    for strict in [false, true] {
        let question = Question {
            expression,
            context: None,
            input: &input,
            variables: &variables,
            now_us: 1_930_000_000_000_000,
            strict,
            surroundings: None,
        };
        if let Err(problem) = Engine::new().ask(&question) {
            assert!(problem.at <= expression.chars().count(), "a mistake has a place in the expression");
        }
    }
    let _ = Engine::new().outline(expression);
});
