//! Codes in other terms.

use serde_json::json;

use super::shelf::Shelf;
use crate::fhir::terminology::{Coding, Match, Terminology, Translate};

/// Equivalence and code of each match.
type Told = &'static [(&'static str, &'static str)];

const MAP: &str = "http://x.example/map";

fn coding(system: &str, code: &str) -> Coding {
    Coding { system: Some(system.to_owned()), code: code.to_owned(), ..Coding::default() }
}

fn told(matches: &[Match]) -> Vec<(&str, &str)> {
    let code = |one: &'_ Match| one.coding.clone().map_or("-", |_| "");
    matches
        .iter()
        .map(|one| {
            (one.equivalence.as_str(), one.coding.as_ref().map_or(code(one), |found| found.code.as_str()))
        })
        .collect()
}

#[test]
fn shipped_maps_translate_both_ways() {
    let terminology = Terminology::r4();
    let female = coding("http://hl7.org/fhir/administrative-gender", "female");
    let to_v2 = Translate {
        target_system: Some("http://terminology.hl7.org/CodeSystem/v2-0001"),
        ..Translate::default()
    };
    assert_eq!(told(&terminology.translate(None, &female, &to_v2).unwrap()), [("equal", "F")]);
    let to_v3 = Translate {
        target: Some("http://terminology.hl7.org/ValueSet/v3-AdministrativeGender"),
        ..Translate::default()
    };
    assert_eq!(told(&terminology.translate(None, &female, &to_v3).unwrap()), [("equal", "F")]);
    let back = Translate { reverse: true, ..Translate::default() };
    let map = Some("http://hl7.org/fhir/ConceptMap/cm-administrative-gender-v2");
    let f = coding("http://terminology.hl7.org/CodeSystem/v2-0001", "F");
    assert_eq!(told(&terminology.translate(map, &f, &back).unwrap()), [("equal", "female")]);
}

#[test]
fn maps_of_ones_own_are_followed_to_the_end() {
    let map = json!({"resourceType": "ConceptMap", "url": MAP, "group": [
        {"source": "http://a.example", "target": "http://b.example", "element": [
            {"code": "one", "target": [{"code": "1", "equivalence": "wider", "comment": "roughly"}]},
            {"code": "two", "target": [{"equivalence": "unmatched"}]},
            {"code": "three", "target": [{"code": "3", "equivalence": "equal",
                "dependsOn": [{"property": "side", "value": "left"}], "product": [{"property": "site", "value": "arm"}]}]}],
         "unmapped": {"mode": "fixed", "code": "0"}},
        {"source": "http://c.example", "target": "http://b.example", "element": [], "unmapped": {"mode": "provided"}},
        {"source": "http://d.example", "target": "http://b.example", "element": [], "unmapped": {"mode": "other-map", "url": MAP}}]});
    let shelf = Shelf(vec![map]);
    let terminology = Terminology::with(&shelf);
    let cases: [(&str, &str, Told); 7] = [
        ("http://a.example", "one", &[("wider", "1")]),
        ("http://a.example", "two", &[("unmatched", "-")]),
        ("http://a.example", "three", &[]),
        ("http://a.example", "four", &[("inexact", "0")]),
        ("http://c.example", "seven", &[("equal", "seven")]),
        // A map that sends what it does not have to itself ends.
        ("http://d.example", "x", &[]),
        ("http://e.example", "one", &[]),
    ];
    for (system, code, expected) in cases {
        let matches = terminology.translate(Some(MAP), &coding(system, code), &Translate::default()).unwrap();
        assert_eq!(told(&matches), expected, "{code}");
    }
    let left = [("side".to_owned(), coding("", "left"))];
    let asked = Translate { dependencies: &left, ..Translate::default() };
    let matches = terminology.translate(None, &coding("http://a.example", "three"), &asked).unwrap();
    assert_eq!((told(&matches), matches[0].products[0].1.code.as_str()), (vec![("equal", "3")], "arm"));
    let back = Translate { reverse: true, ..Translate::default() };
    let matches = terminology.translate(Some(MAP), &coding("http://b.example", "1"), &back).unwrap();
    assert_eq!(told(&matches), [("narrower", "one")]);
    assert!(
        terminology
            .translate(Some("http://x.example/none"), &coding("", "x"), &Translate::default())
            .is_err()
    );
}
