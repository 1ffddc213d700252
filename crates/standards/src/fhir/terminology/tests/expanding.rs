//! Which codes a value set has.

use serde_json::{Value, json};

use super::shelf::{Shelf, WARDS, set, wards};
use crate::fhir::terminology::{Expand, Expansion, Limits, Terminology, TerminologyError, ValueSet};

fn listed(compose: Value, asked: &Expand<'_>) -> Result<Expansion, TerminologyError> {
    let shelf = Shelf(vec![
        wards(),
        set("http://x.example/icu", json!({"include": [{"system": WARDS, "concept": [{"code": "icu"}]}]})),
    ]);
    Terminology::with(&shelf).expand_set(&ValueSet::new(&set("http://x.example/set", compose)), asked)
}

fn codes(expansion: &Expansion) -> String {
    expansion.members.iter().map(|member| member.code.as_str()).collect::<Vec<_>>().join(" ")
}

fn filtered(property: &str, operator: &str, value: &str) -> Value {
    json!({"include": [{"system": WARDS, "filter": [{"property": property, "op": operator, "value": value}]}]})
}

#[test]
fn rules_choose_codes_in_the_order_of_the_system() {
    let icu = json!(["http://x.example/icu"]);
    let cases = [
        (json!({"include": [{"system": WARDS}]}), "all surgery icu medicine attic"),
        (json!({"inactive": false, "include": [{"system": WARDS}]}), "all surgery icu medicine"),
        (json!({"include": [{"system": WARDS, "concept": [{"code": "icu"}, {"code": "all"}]}]}), "icu all"),
        (
            json!({"include": [{"system": WARDS}, {"system": WARDS, "concept": [{"code": "icu"}]}]}),
            "all surgery icu medicine attic",
        ),
        (
            json!({"include": [{"system": WARDS}], "exclude": [{"system": WARDS, "concept": [{"code": "ICU"}]}]}),
            "all surgery medicine attic",
        ),
        (
            json!({"include": [{"system": WARDS}], "exclude": [{"valueSet": icu}]}),
            "all surgery medicine attic",
        ),
        (json!({"include": [{"valueSet": icu}]}), "icu"),
        (json!({"include": [{"system": WARDS, "valueSet": icu}]}), "icu"),
        (json!({"include": []}), ""),
        (filtered("concept", "is-a", "surgery"), "surgery icu"),
        (filtered("concept", "is-a", "SURGERY"), "surgery icu"),
        (filtered("concept", "descendent-of", "medicine"), "icu"),
        (filtered("concept", "is-not-a", "surgery"), "all medicine attic"),
        (filtered("concept", "generalizes", "icu"), "all surgery icu medicine"),
        (filtered("concept", "in", "icu, attic"), "icu attic"),
        (filtered("concept", "not-in", "icu,attic"), "all surgery medicine"),
        (filtered("code", "=", "icu"), "icu"),
        (filtered("beds", "=", "12"), "icu"),
        (filtered("beds", "exists", "true"), "icu"),
        (filtered("beds", "exists", "false"), "all surgery medicine attic"),
        (filtered("parent", "=", "medicine"), "icu"),
        (filtered("child", "=", "icu"), "surgery medicine"),
        (filtered("display", "=", "Attic"), "attic"),
    ];
    for (compose, expected) in cases {
        let expansion = listed(compose.clone(), &Expand::default()).unwrap();
        assert_eq!(codes(&expansion), expected, "{compose}");
        assert_eq!(expansion.open, None, "{compose}");
    }
}

#[test]
fn a_question_narrows_and_pages_the_list() {
    let all = || json!({"include": [{"system": WARDS}]});
    let cases = [
        (Expand { filter: Some("care INT"), ..Expand::default() }, "icu", 1),
        (Expand { filter: Some("wards"), ..Expand::default() }, "all", 1),
        (Expand { filter: Some("nothing"), ..Expand::default() }, "", 0),
        (Expand { active_only: true, ..Expand::default() }, "all surgery icu medicine", 4),
        (Expand { selectable_only: true, ..Expand::default() }, "surgery icu medicine attic", 4),
        (Expand { count: Some(2), ..Expand::default() }, "all surgery", 5),
        (Expand { count: Some(2), offset: 3, ..Expand::default() }, "medicine attic", 5),
        (Expand { count: Some(0), ..Expand::default() }, "", 5),
        (Expand { offset: 9, ..Expand::default() }, "", 5),
    ];
    for (asked, expected, total) in cases {
        let expansion = listed(all(), &asked).unwrap();
        assert_eq!((codes(&expansion).as_str(), expansion.total), (expected, total), "{asked:?}");
    }
}

#[test]
fn what_is_known_is_listed_and_marked_as_open() {
    let loinc = json!({"system": "http://loinc.org", "concept": [{"code": "8867-4"}]});
    let cases = [
        (json!({"include": [loinc]}), Some("8867-4"), false),
        (json!({"include": [loinc, {"system": "http://nowhere.example"}]}), Some("8867-4"), true),
        (json!({"include": [loinc, {"valueSet": ["http://nowhere.example"]}]}), Some("8867-4"), true),
        (json!({"include": [{"system": "http://nowhere.example"}]}), None, true),
        (filtered("code", "regex", ".*"), None, true),
        // An exclusion that cannot be decided makes every member uncertain.
        (json!({"include": [loinc], "exclude": [{"valueSet": ["http://nowhere.example"]}]}), None, true),
    ];
    for (compose, expected, is_open) in cases {
        match (listed(compose.clone(), &Expand::default()), expected) {
            (Ok(expansion), Some(expected)) => {
                assert_eq!(
                    (codes(&expansion).as_str(), expansion.open.is_some()),
                    (expected, is_open),
                    "{compose}"
                );
            }
            (Err(TerminologyError::NotListable { .. }), None) => {}
            (other, _) => panic!("{compose}: {other:?}"),
        }
    }
}

#[test]
fn limits_hold() {
    let ring = |from: &str, to: &str| set(from, json!({"include": [{"valueSet": [to]}]}));
    let chain = |at: usize| ring(&format!("http://x.example/{at}"), &format!("http://x.example/{}", at + 1));
    let mut shelf = Shelf(vec![
        wards(),
        ring("http://x.example/a", "http://x.example/b"),
        ring("http://x.example/b", "http://x.example/a"),
    ]);
    shelf.0.extend((0..20).map(chain));
    let terminology = Terminology::with(&shelf);
    let invalid = terminology.expand("http://x.example/a", &Expand::default()).unwrap_err();
    assert!(
        matches!(&invalid, TerminologyError::Invalid(text) if text.contains("imports itself")),
        "{invalid}"
    );
    let costly =
        |result: Result<Expansion, TerminologyError>| matches!(result, Err(TerminologyError::TooCostly(_)));
    assert!(costly(terminology.expand("http://x.example/0", &Expand::default())));
    assert!(costly(terminology.expand("http://hl7.org/fhir/ValueSet/c80-doc-typecodes", &Expand::default())));
    let page = Expand { count: Some(9_999), ..Expand::default() };
    assert_eq!(
        terminology.expand("http://hl7.org/fhir/ValueSet/c80-doc-typecodes", &page).unwrap().members.len(),
        5_000
    );
    let long = "x".repeat(201);
    let filter = Expand { filter: Some(&long), ..Expand::default() };
    assert!(costly(terminology.expand("http://hl7.org/fhir/ValueSet/administrative-gender", &filter)));
    let busy = Terminology::r4().limited(Limits { steps_max: 3, ..Limits::default() });
    assert!(costly(busy.expand("http://hl7.org/fhir/ValueSet/administrative-gender", &Expand::default())));
}

#[test]
fn a_stored_expansion_stands_for_missing_rules() {
    let stored = json!({"resourceType": "ValueSet", "expansion": {"contains": [
        {"system": WARDS, "code": "surgery", "contains": [{"system": WARDS, "code": "icu", "display": "ICU"}]}]}});
    let expansion = Terminology::r4().expand_set(&ValueSet::new(&stored), &Expand::default()).unwrap();
    assert_eq!(codes(&expansion), "surgery icu");
    assert_eq!(expansion.members[1].display.as_deref(), Some("ICU"));
}
