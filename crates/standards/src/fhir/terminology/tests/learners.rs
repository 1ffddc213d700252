//! Resources of a hospital's own go before the shipped ones.

use serde_json::json;

use super::shelf::{Shelf, set};
use crate::fhir::terminology::{Kind, Membership, Terminology, TerminologyError};

const GENDER: &str = "http://hl7.org/fhir/ValueSet/administrative-gender";

#[test]
fn ones_own_value_set_replaces_the_shipped_one() {
    let own = set(GENDER, json!({"include": [{"system": "http://x.example", "concept": [{"code": "x"}]}]}));
    let shelf = Shelf(vec![own]);
    let terminology = Terminology::with(&shelf);
    assert_eq!(terminology.membership(GENDER, None, "x"), Membership::Member);
    assert_eq!(terminology.membership(GENDER, None, "female"), Membership::NotMember);
    assert_eq!(Terminology::r4().membership(GENDER, None, "female"), Membership::Member);
}

#[test]
fn ones_own_fragment_adds_to_the_shipped_one() {
    let own = json!({"resourceType": "CodeSystem", "url": "http://loinc.org", "content": "fragment",
        "concept": [{"code": "1-8", "display": "A test"}]});
    let shelf = Shelf(vec![own]);
    let terminology = Terminology::with(&shelf);
    for (code, display) in [("1-8", "A test"), ("11502-2", "Laboratory report")] {
        let found = terminology.lookup("http://loinc.org", code).unwrap();
        assert_eq!(found.concept.display.as_deref(), Some(display));
    }
}

#[test]
fn ones_own_fragment_of_a_whole_system_leaves_it_whole() {
    let system = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    let own = json!({"resourceType": "CodeSystem", "url": system, "content": "fragment",
        "concept": [{"code": "AMB", "display": "On foot"}]});
    let shelf = Shelf(vec![own]);
    let terminology = Terminology::with(&shelf);
    assert_eq!(terminology.lookup(system, "AMB").unwrap().concept.display.as_deref(), Some("On foot"));
    let above = terminology.ancestors(system, "AMB").unwrap();
    assert!(above.contains(&"_ActEncounterCode".to_owned()), "{above:?}");
    let encounters = "http://terminology.hl7.org/ValueSet/v3-ActEncounterCode";
    assert_eq!(terminology.membership(encounters, Some(system), "nothing"), Membership::NotMember);
}

#[test]
fn versions_are_kept_apart() {
    let versioned = |version: &str, code: &str| {
        let mut own = set(
            "http://x.example/v",
            json!({"include": [{"system": "http://x.example", "concept": [{"code": code}]}]}),
        );
        own["version"] = json!(version);
        own
    };
    let shelf = Shelf(vec![versioned("1", "one"), versioned("2", "two")]);
    let terminology = Terminology::with(&shelf);
    assert_eq!(terminology.membership("http://x.example/v|2", None, "two"), Membership::Member);
    assert_eq!(terminology.membership("http://x.example/v|1", None, "two"), Membership::NotMember);
    let refused = terminology.value_set("http://x.example/v|3").unwrap_err();
    assert!(matches!(refused, TerminologyError::OtherVersion { .. }), "{refused}");
    let refused = terminology.value_set("http://x.example/w").unwrap_err();
    assert!(matches!(refused, TerminologyError::UnknownResource { kind: Kind::ValueSet, .. }), "{refused}");
}

#[test]
fn resources_are_found_as_they_are_written() {
    let own = set("http://x.example/own", json!({"include": []}));
    let shelf = Shelf(vec![own.clone()]);
    let terminology = Terminology::with(&shelf);
    assert_eq!(terminology.resource(Kind::ValueSet, "http://x.example/own"), Some(own));
    assert_eq!(terminology.resource(Kind::ValueSet, GENDER).unwrap()["url"], GENDER);
    assert_eq!(terminology.resource(Kind::CodeSystem, GENDER), None);
}
