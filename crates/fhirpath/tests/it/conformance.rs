//! Runs every test of the public suite (`tests-fhir-r4.xml` of HL7's fhir-test-cases) where it is at
//! hand, and compares those that fail with `known-failures.txt`: an addition is a fault, and so is a
//! line that no longer fails.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fhirpath::{Answer, Engine, Found, Problem, ProblemKind, Question};
use roxmltree::{Document, Node};
use serde_json::{Value, json};

/// Name and reason, divided by a colon.
const KNOWN_FAILURES: &str = include_str!("known-failures.txt");

/// The moment at which the suite is run: any would do.
const NOW_US: i64 = 1_750_000_000_000_000;

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
    let (mut passed, mut not_runnable, mut failed) = (0, 0, BTreeMap::new());
    for test in suite.descendants().filter(|node| node.has_tag_name("test")) {
        let name = test.attribute("name").unwrap_or_default();
        let Some(input) = inputs.of(&test) else {
            not_runnable += 1;
            continue;
        };
        match judge(&engine, &test, &input) {
            Ok(()) => passed += 1,
            Err(reason) => {
                failed.insert(name, reason);
            }
        }
    }
    let run = passed + failed.len();
    println!(
        "suite: FHIRPath R4 suite: {passed} of {run}, {} known, {not_runnable} not runnable",
        failed.len()
    );
    let known: Vec<&str> = KNOWN_FAILURES.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
    let found: Vec<&str> = failed.keys().copied().collect();
    assert_eq!(found, known, "{failed:#?}");
    assert!(passed * 100 >= run * 97, "{passed} of {run}");
}

struct Inputs {
    folder: PathBuf,
    read: BTreeMap<String, Option<Value>>,
}

impl Inputs {
    /// The suite names XML files; the examples are the same resources in JSON.
    fn of(&mut self, test: &Node<'_, '_>) -> Option<Value> {
        let Some(name) = test.attribute("inputfile") else { return Some(json!({})) };
        let path = self.folder.join(name.replace(".xml", ".json"));
        let read = || serde_json::from_slice(&std::fs::read(&path).ok()?).ok();
        self.read.entry(name.to_owned()).or_insert_with(read).clone()
    }
}

fn judge(engine: &Engine, test: &Node<'_, '_>, input: &Value) -> Result<(), String> {
    let expression =
        test.children().find(|node| node.has_tag_name("expression")).expect("every test has an expression");
    let question = Question {
        expression: expression.text().unwrap_or_default(),
        context: None,
        input,
        variables: &[],
        now_us: NOW_US,
        strict: test.attribute("mode") == Some("strict"),
        surroundings: None,
    };
    match (engine.ask(&question), expression.attribute("invalid")) {
        (Err(problem), Some(kind)) => invalid(&problem, kind),
        (Err(problem), None) => Err(problem.to_string()),
        (Ok(_), Some(kind)) => Err(format!("should be invalid: {kind}")),
        (Ok(answers), None) => results(test, &answers),
    }
}

/// What is called a mistake of execution may be noticed earlier, and the reverse.
fn invalid(problem: &Problem, kind: &str) -> Result<(), String> {
    let fits = (problem.kind == ProblemKind::Syntax) <= (kind == "syntax" || kind == "execution");
    if fits { Ok(()) } else { Err(format!("should be a mistake of {kind}: {problem}")) }
}

fn results(test: &Node<'_, '_>, answers: &[Answer]) -> Result<(), String> {
    let found: Vec<&Found> = answers.iter().flat_map(|answer| &answer.items).collect();
    let expected: Vec<Node<'_, '_>> = test.children().filter(|node| node.has_tag_name("output")).collect();
    let same = if test.attribute("predicate") == Some("true") {
        let holds = !found.is_empty() && found.iter().all(|found| found.value != json!(false));
        expected.iter().all(|output| output.text() == Some(if holds { "true" } else { "false" }))
    } else {
        found.len() == expected.len()
            && found.iter().zip(&expected).all(|(found, output)| equal(found, output))
    };
    let shown =
        || found.iter().map(|found| format!("{} {}", found.type_name, found.value)).collect::<Vec<_>>();
    if same { Ok(()) } else { Err(format!("yields {:?}", shown())) }
}

/// Compares value and type; dates and times are written as literals (`@2014`, `@T10:30`).
fn equal(found: &Found, output: &Node<'_, '_>) -> bool {
    let text = output.text().unwrap_or_default();
    let number = |text: &str| text.parse::<f64>().ok();
    let typed = output.attribute("type").is_none_or(|wanted| found.type_name == wanted);
    let same = match &found.value {
        Value::Bool(found) => text == found.to_string(),
        Value::Number(found) => found.as_f64() == number(text),
        Value::String(found) => {
            found == text || found == text.trim_start_matches('@').trim_start_matches('T')
        }
        Value::Object(_) => {
            let (value, wanted) = text.split_once(' ').unwrap_or((text, "1"));
            found.value["value"].as_f64() == number(value) && found.value["unit"] == wanted.trim_matches('\'')
        }
        _ => false,
    };
    typed && same
}
