use serde_json::json;

use super::Codes;
use crate::fhir::search::query::{ParseContext, parse};
use crate::fhir::search::tests::CONTEXT;
use crate::fhir::search::{Parameters, extract, matches};
use crate::fhir::terminology::Terminology;

const ACT: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

#[test]
fn the_terminology_answers_searches() {
    let terminology = Terminology::r4();
    let context = ParseContext { codes: &terminology, ..CONTEXT };
    let encounter =
        json!({"resourceType": "Encounter", "status": "finished", "class": {"system": ACT, "code": "ACUTE"}});
    for (name, value, expected) in [
        ("class:below", format!("{ACT}|IMP"), true),
        ("class:below", format!("{ACT}|AMB"), false),
        ("class:above", format!("{ACT}|ACUTE"), true),
        ("class:in", "http://terminology.hl7.org/ValueSet/v3-ActEncounterCode".to_owned(), true),
        ("class:not-in", "http://terminology.hl7.org/ValueSet/v3-ActEncounterCode".to_owned(), false),
        ("status:in", "http://hl7.org/fhir/ValueSet/encounter-status".to_owned(), true),
        ("status:not-in", "http://hl7.org/fhir/ValueSet/administrative-gender".to_owned(), true),
    ] {
        let query = parse("Encounter", &[(name.to_owned(), value.clone())], Parameters::r4(), &context);
        assert_eq!(query.problems, [], "{name}={value}");
        assert_eq!(matches(&query, &encounter, &extract(&encounter)), expected, "{name}={value}");
    }
}

#[test]
fn what_is_not_known_whole_is_refused() {
    let terminology: &dyn Codes = &Terminology::r4();
    let unknown = terminology.value_set("http://nowhere.example/vs").unwrap_err();
    assert!(unknown.contains("not known here"), "{unknown}");
    let part = terminology.value_set("http://hl7.org/fhir/ValueSet/observation-codes").unwrap_err();
    assert!(part.contains("known") || part.contains("listed"), "{part}");
    let no_code = terminology.below(ACT, "no such code").unwrap_err();
    assert!(no_code.contains("no such code"), "{no_code}");
}
