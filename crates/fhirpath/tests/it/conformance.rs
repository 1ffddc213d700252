//! Runs every test of the public suite (`tests-fhir-r4.xml` of HL7's fhir-test-cases) where it is at
//! hand, and holds the list of those that fail: an addition is a fault, a removal is progress to note.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fhirpath::Engine;
use roxmltree::{Document, Node};
use serde_json::{Value, json};
use standards::fhir::path::FhirPath;

const KNOWN_FAILURES: &[&str] = &[
    // Errors in the suite's strict mode; we read leniently, where an unknown element is just empty.
    "testSimpleFail",
    "testSimpleWithWrongContext",
    "testPolymorphismB",
    "testPolymorphismAsB",
    // Errors that the library answers instead: `not()` of two items.
    "testNotInvalid",
    // The JSON form of this input writes its numbers as text.
    "testTypeA2",
    "testTypeA",
    // Strict mode again.
    "testPolymorphicsB",
    // These ask for an extension that the JSON form of the input does not have.
    "testFHIRPathIsFunction8",
    "testFHIRPathIsFunction9",
    "testFHIRPathIsFunction10",
    // Errors that the library answers instead: `as` to a type that does not exist.
    "testFHIRPathAsFunction23",
    "testFHIRPathAsFunction24",
];

#[test]
fn the_official_suite() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fhirpath-r4");
    let Ok(text) = std::fs::read_to_string(folder.join("tests-fhir-r4.xml")) else {
        println!("skipped: the official suite is not at {}", folder.display());
        return;
    };
    let suite = Document::parse(&text).unwrap();
    let mut inputs = Inputs { folder: folder.join("examples"), read: BTreeMap::new() };
    let engine = Engine::new();
    let tests: Vec<Node<'_, '_>> = suite.descendants().filter(|node| node.has_tag_name("test")).collect();
    let failed: Vec<&str> = tests
        .iter()
        .filter(|test| !passes(&engine, test, &mut inputs))
        .filter_map(|test| test.attribute("name"))
        .collect();
    assert_eq!(failed, KNOWN_FAILURES, "{} of {} passed", tests.len() - failed.len(), tests.len());
}

struct Inputs {
    folder: PathBuf,
    read: BTreeMap<String, Value>,
}

impl Inputs {
    /// The suite names XML files; the examples are the same resources in JSON.
    fn of(&mut self, test: &Node<'_, '_>) -> Value {
        let Some(name) = test.attribute("inputfile") else { return json!({}) };
        let path = self.folder.join(name.replace(".xml", ".json"));
        let read = || {
            let bytes = std::fs::read(&path).expect("every input is among the examples");
            serde_json::from_slice(&bytes).expect("every example is JSON")
        };
        self.read.entry(name.to_owned()).or_insert_with(read).clone()
    }
}

fn passes(engine: &Engine, test: &Node<'_, '_>, inputs: &mut Inputs) -> bool {
    let expression =
        test.children().find(|node| node.has_tag_name("expression")).expect("every test has an expression");
    let result = engine.evaluate(expression.text().unwrap_or_default(), &inputs.of(test), &[]);
    match result {
        Err(_) => expression.has_attribute("invalid"),
        Ok(_) if expression.has_attribute("invalid") => false,
        Ok(found) => {
            let expected: Vec<Node<'_, '_>> =
                test.children().filter(|node| node.has_tag_name("output")).collect();
            if test.attribute("predicate") == Some("true") {
                let holds = !found.is_empty() && found != [json!(false)];
                return expected
                    .iter()
                    .all(|output| output.text() == Some(if holds { "true" } else { "false" }));
            }
            found.len() == expected.len()
                && found.iter().zip(&expected).all(|(found, output)| equal(found, output))
        }
    }
}

/// Compares values, not their types; dates and times are written as literals (`@2014`, `@T10:30`).
fn equal(found: &Value, output: &Node<'_, '_>) -> bool {
    let text = output.text().unwrap_or_default();
    let number = |text: &str| text.parse::<f64>().ok();
    match found {
        Value::Bool(found) => text == found.to_string(),
        Value::Number(found) => found.as_f64() == number(text),
        Value::String(found) => {
            found == text || found == text.trim_start_matches('@').trim_start_matches('T')
        }
        Value::Object(_) => {
            let unit = found["unit"].as_str().unwrap_or("1").trim_matches('\'');
            let (value, wanted) = text.split_once(' ').unwrap_or((text, "1"));
            found["value"].as_f64() == number(value) && unit == wanted.trim_matches('\'')
        }
        _ => false,
    }
}
