//! Published FHIR R4 examples are valid, and stop being so when they are broken.
//!
//! The examples are public test data that lies beside a checkout; where it is absent the tests say so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use standards::fhir::definitions::{Definitions, TypeDefinition, TypeRef};
use standards::fhir::json::{Limits, parse};
use standards::fhir::outcome::Issue;
use standards::fhir::resource::{Stamp, stamp};
use standards::fhir::validation::validate;

/// Examples that break the specification they illustrate, and where.
const INVALID: [(&str, &[&str]); 8] = [
    // Groups within groups have no linkId.
    ("bundle-questionnaire.json", &["Questionnaire.item"]),
    ("devicemetric-example.json", &["DeviceMetric.parent"]),
    ("deviceusestatement-example.json", &["DeviceUseStatement.reasonReference"]),
    // An excerpt of supporting information and items, without the claim around it.
    ("explanationofbenefit-example.json", &["ExplanationOfBenefit."]),
    ("medicationrequest0301.json", &["MedicationRequest.dispenseRequest.performer"]),
    // Translated from XML without knowledge of types: strings for numbers, single values for arrays.
    ("parameters-example-types.json", &["Parameters.parameter"]),
    // Refers to `1` where `#1` is meant.
    ("patient-container-example.json", &["Patient.managingOrganization"]),
    // Translated from XML, as above.
    ("patient-example-period.json", &["Patient."]),
];

pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name)
}

/// Every example by name, as text; empty with a note when the data is absent.
fn examples() -> BTreeMap<String, Vec<u8>> {
    let mut examples = BTreeMap::new();
    let folder = data("fhirpath-r4/examples");
    match fs::read_dir(&folder) {
        Ok(entries) => {
            for entry in entries {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if name.ends_with(".json") {
                    examples.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        Err(_) => println!("skipped: the FHIR R4 examples are not at {}", folder.display()),
    }
    match fs::File::open(data("us-core-6.1.0.tgz")) {
        Ok(file) => {
            for entry in tar::Archive::new(GzDecoder::new(file)).entries().unwrap() {
                let mut entry = entry.unwrap();
                let name = entry.path().unwrap().to_string_lossy().into_owned();
                if name.contains("/example/") && name.ends_with(".json") && !name.contains("/.") {
                    let mut bytes = Vec::new();
                    entry.read_to_end(&mut bytes).unwrap();
                    examples.insert(name, bytes);
                }
            }
        }
        Err(_) => println!("skipped: the US Core package is not at {}", data("us-core-6.1.0.tgz").display()),
    }
    examples
}

fn expressions(issues: Vec<Issue>) -> BTreeSet<String> {
    issues.into_iter().filter_map(|issue| issue.expression).collect()
}

fn is_invalid(name: &str) -> bool {
    INVALID.iter().any(|(known, _)| *known == name)
}

/// The examples that are valid, as values.
fn valid_examples() -> impl Iterator<Item = (String, Value)> {
    let valid = examples().into_iter().filter(|(name, _)| !is_invalid(name));
    valid.map(|(name, source)| (name, parse(&source, &Limits::default()).unwrap()))
}

#[test]
fn published_examples_are_valid() {
    let mut problems = Vec::new();
    let examples = examples();
    let tried = examples.iter().filter(|(name, _)| !is_invalid(name));
    let mut valid = 0;
    for (name, source) in tried {
        let issues = validate(Definitions::r4(), &parse(source, &Limits::default()).unwrap());
        problems.extend(
            issues.iter().map(|issue| format!("{name}: {:?} {}", issue.expression, issue.diagnostics)),
        );
        valid += usize::from(issues.is_empty());
    }
    let (all, known) = (examples.len(), examples.keys().filter(|name| is_invalid(name)).count());
    if all > 0 {
        println!("suite: FHIR R4 and US Core examples: {valid} of {all}, {known} known");
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn invalid_examples_fail_where_they_are_wrong() {
    let examples = examples();
    for (name, places) in INVALID {
        let Some(source) = examples.get(name) else { continue };
        let value = parse(source, &Limits::default()).unwrap();
        let found = expressions(validate(Definitions::r4(), &value));
        assert!(!found.is_empty(), "{name} is valid now; take it off the list");
        for expression in found {
            assert!(places.iter().any(|place| expression.starts_with(place)), "{name}: {expression}");
        }
    }
}

/// Finds every object of a resource: how to reach it, and the expression that names it.
fn objects(
    kind: &TypeDefinition,
    value: &Value,
    pointer: &str,
    path: &str,
    found: &mut Vec<(String, String)>,
) {
    let definitions = Definitions::r4();
    found.push((pointer.to_owned(), path.to_owned()));
    for (name, member) in value.as_object().unwrap() {
        let Some(property) = kind.property(name.trim_start_matches('_')) else { continue };
        let place = format!("{path}.{}", property.element.name);
        let pointer = format!("{pointer}/{name}");
        let items: Vec<(String, String, &Value)> = match member {
            Value::Array(items) => {
                let numbered = items.iter().enumerate();
                numbered
                    .map(|(at, item)| (format!("{pointer}/{at}"), format!("{place}[{at}]"), item))
                    .collect()
            }
            single => vec![(pointer, place, single)],
        };
        for (pointer, place, item) in items.into_iter().filter(|(_, _, item)| item.is_object()) {
            let kind = match property.kind.reference {
                TypeRef::AnyResource => definitions.find(item["resourceType"].as_str().unwrap()),
                TypeRef::Primitive(_) => definitions.find("Element"),
                TypeRef::Complex(_) => definitions.follow(property.kind.reference),
            };
            objects(kind.unwrap(), item, &pointer, &place, found);
        }
    }
}

#[test]
fn an_unknown_element_is_found_in_every_object() {
    for (name, value) in valid_examples() {
        let kind = value["resourceType"].as_str().unwrap();
        let mut found = Vec::new();
        objects(Definitions::r4().find(kind).unwrap(), &value, "", kind, &mut found);
        let mut broken = value.clone();
        let mut expected = BTreeSet::new();
        // Fewer than the validator reports at most.
        for (pointer, path) in found.into_iter().take(150) {
            broken.pointer_mut(&pointer).unwrap()["unheardOf"] = json!(1);
            expected.insert(format!("{path}.unheardOf"));
        }
        assert_eq!(expressions(validate(Definitions::r4(), &broken)), expected, "{name}");
    }
}

#[test]
fn every_broken_member_is_found_in_its_place() {
    for (name, value) in valid_examples() {
        let kind = Definitions::r4().find(value["resourceType"].as_str().unwrap()).unwrap();
        for (member, content) in value.as_object().unwrap() {
            let Some(property) = kind.property(member) else { continue };
            let expression = format!("{}.{}", kind.name, property.element.name);
            let broken_content = match content {
                Value::Array(items) => vec![Value::Null, items[0].clone(), json!([])],
                single => vec![Value::Null, json!([single]), json!([]), json!({}), json!("")],
            };
            for content in broken_content {
                let mut broken = value.clone();
                broken[member] = content;
                let found = expressions(validate(Definitions::r4(), &broken));
                assert!(found.contains(&expression), "{name}: {member} is {}; {found:?}", broken[member]);
            }
        }
        for element in kind.required().filter(|element| !element.choice) {
            let mut broken = value.clone();
            broken.as_object_mut().unwrap().shift_remove(&element.name);
            broken.as_object_mut().unwrap().shift_remove(&format!("_{}", element.name));
            let found = expressions(validate(Definitions::r4(), &broken));
            assert_eq!(found, BTreeSet::from([format!("{}.{}", kind.name, element.name)]), "{name}");
        }
    }
}

#[test]
fn stamped_examples_differ_only_where_stamped() {
    let wanted = Stamp { id: "new", version: 3, last_updated_us: 1_000_000 };
    for (name, source) in examples() {
        let mut expected = parse(&source, &Limits::default()).unwrap();
        expected["id"] = json!("new");
        if expected.get("meta").is_none() {
            expected["meta"] = json!({});
        }
        expected["meta"]["versionId"] = json!("3");
        expected["meta"]["lastUpdated"] = json!("1970-01-01T00:00:01.000Z");
        let stamped = stamp(&source, &wanted).unwrap();
        assert_eq!(parse(&stamped, &Limits::default()).unwrap(), expected, "{name}");
        if !is_invalid(&name) {
            assert_eq!(validate(Definitions::r4(), &expected), [], "{name}");
        }
    }
}
