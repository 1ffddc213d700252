//! Small profiles, and what is found with them.

use serde_json::{Value, json};

use crate::fhir::profile::{Place, Profiles, Surroundings, Validator};
use crate::fhir::terminology::Terminology;

pub(super) const URL: &str = "http://x.example/profile";

/// No other resources; an expression holds if it is `true`, and cannot be evaluated if it is neither that nor `false`.
pub(super) struct Nothing;

impl Surroundings for Nothing {
    fn resolve(&self, _: &str) -> Option<Value> {
        None
    }

    fn holds(&self, expression: &str, _: &Place<'_>) -> Result<bool, String> {
        expression.parse().map_err(|_| "it is odd".to_owned())
    }
}

/// A profile on a type with these elements.
pub(super) fn profile(kind: &str, elements: &Value) -> Profiles {
    Profiles::of(&[json!({"resourceType": "StructureDefinition", "url": URL, "type": kind,
        "derivation": "constraint", "snapshot": {"element": elements}})])
}

/// Every issue as `severity place words`.
pub(super) fn issues(profiles: &Profiles, resource: &Value) -> Vec<String> {
    let terminology = Terminology::r4();
    let validator = Validator::new(profiles, &terminology, &Nothing);
    let asked = profiles.find(URL).into_iter().collect::<Vec<_>>();
    let told = validator.validate(resource, &asked).into_iter().map(|issue| {
        format!("{} {} {}", issue.severity.as_str(), issue.expression.unwrap_or_default(), issue.diagnostics)
    });
    told.collect()
}

/// Expects one issue that starts and goes on like this; none where nothing is expected.
pub(super) fn finds(profiles: &Profiles, resource: &Value, expected: &str) {
    let found = issues(profiles, resource);
    match expected {
        "" => assert_eq!(found, [""; 0], "{resource}"),
        _ => {
            assert_eq!(found.len(), 1, "{resource}: {found:#?}");
            assert!(found[0].starts_with(expected), "{resource}: {found:#?}, not {expected}");
        }
    }
}
