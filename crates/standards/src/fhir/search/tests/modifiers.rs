//! Modifiers that look beside or around the value.

use serde_json::{Value, json};

use super::CONTEXT;
use crate::fhir::search::query::{ParseContext, parse};
use crate::fhir::search::{Coded, Codes, Parameters, extract, matches};

/// A hierarchy a > b > c, and one value set.
#[derive(Debug)]
struct Letters;

const LETTERS: &str = "http://letters.example";

impl Codes for Letters {
    fn value_set(&self, url: &str) -> Result<Vec<Coded>, String> {
        let coded = |system: &str, code: Option<&str>| Coded {
            system: system.to_owned(),
            code: code.map(str::to_owned),
        };
        match url {
            "http://letters.example/vs" => {
                Ok(vec![coded(LETTERS, Some("b")), coded("http://digits.example", None)])
            }
            "http://sex.example/vs" => {
                Ok(vec![coded("http://hl7.org/fhir/administrative-gender", Some("female"))])
            }
            _ => Err("it is not known".to_owned()),
        }
    }

    fn below(&self, system: &str, code: &str) -> Result<Vec<String>, String> {
        let at = "abc".find(code).filter(|_| system == LETTERS).ok_or("it is not known")?;
        Ok("abc"[at..].chars().map(String::from).collect())
    }

    fn above(&self, system: &str, code: &str) -> Result<Vec<String>, String> {
        let at = "abc".find(code).filter(|_| system == LETTERS).ok_or("it is not known")?;
        Ok("abc"[..=at].chars().map(String::from).collect())
    }
}

fn check(resource: &Value, cases: &[(&str, &str, bool)]) {
    let context = ParseContext { codes: &Letters, ..CONTEXT };
    let resource_type = resource["resourceType"].as_str().unwrap();
    for (name, value, expected) in cases {
        let pairs = [((*name).to_owned(), (*value).to_owned())];
        let query = parse(resource_type, &pairs, Parameters::r4(), &context);
        assert_eq!(query.problems, [], "{name}={value}");
        assert_eq!(matches(&query, resource, &extract(resource)), *expected, "{name}={value} on {resource}");
    }
}

#[test]
fn codes_by_hierarchy_set_and_text() {
    let condition = json!({
        "resourceType": "Condition",
        "code": {"coding": [{"system": LETTERS, "code": "b", "display": "Bee sting"}], "text": "Stung by a Bée"},
    });
    check(
        &condition,
        &[
            ("code:below", "http://letters.example|a", true),
            ("code:below", "http://letters.example|b", true),
            ("code:below", "http://letters.example|c", false),
            ("code:above", "http://letters.example|c", true),
            ("code:above", "http://letters.example|a", false),
            ("code:in", "http://letters.example/vs", true),
            ("code:not-in", "http://letters.example/vs", false),
            ("code:text", "bee", true),
            ("code:text", "stung by a bee", true),
            ("code:text", "sting", false),
            ("_filter", "code sb http://letters.example|a", true),
            ("_filter", "code ss http://letters.example|a", false),
            ("_filter", "code in http://letters.example/vs", true),
        ],
    );
    let other = json!({"resourceType": "Condition", "code": {"coding": [{"system": "http://digits.example", "code": "1"}]}});
    check(&other, &[("code:in", "http://letters.example/vs", true), ("code:text", "bee", false)]);
    let none = json!({"resourceType": "Condition", "code": {"text": "Bee"}});
    check(
        &none,
        &[
            ("code:in", "http://letters.example/vs", false),
            ("code:not-in", "http://letters.example/vs", true),
            ("code:missing", "true", true),
        ],
    );
    let patient = json!({"resourceType": "Patient", "gender": "female"});
    check(&patient, &[("gender:in", "http://sex.example/vs", true)]);
}

#[test]
fn uris_by_their_paths() {
    let value_set = json!({"resourceType": "ValueSet", "url": "http://a.example/fhir/ValueSet/1"});
    check(
        &value_set,
        &[
            ("url:below", "http://a.example/fhir", true),
            ("url:below", "http://a.example/fhir/", true),
            ("url:below", "http://a.example/fhi", false),
            ("url:below", "http://a.example/fhir/ValueSet/1", true),
            ("url:below", "http://a.example/fhir/ValueSet/1/x", false),
            ("url:above", "http://a.example/fhir/ValueSet/1/_history/5", true),
            ("url:above", "http://a.example/fhir/ValueSet/1", true),
            ("url:above", "http://a.example/fhir/ValueSet", false),
            ("_filter", "url sb http://a.example", true),
        ],
    );
    let urn = json!({"resourceType": "ValueSet", "url": "urn:oid:1.2"});
    check(&urn, &[("url:above", "urn:oid:1.2", true), ("url:above", "urn:oid:1.2.3", false)]);
}

#[test]
fn references_by_identifier() {
    let observation = json!({
        "resourceType": "Observation",
        "subject": {"identifier": {"system": "http://mrn.example", "value": "7"}},
        "performer": [{"reference": "Practitioner/1", "identifier": {"value": "8"}}],
    });
    check(
        &observation,
        &[
            ("subject:identifier", "http://mrn.example|7", true),
            ("subject:identifier", "7", true),
            ("subject:identifier", "8", false),
            ("performer:identifier", "|8", true),
            ("subject", "Patient/7", false),
        ],
    );
}
