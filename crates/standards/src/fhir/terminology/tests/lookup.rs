//! What codes mean and how they relate.

use super::shelf::{Shelf, WARDS, wards};
use crate::fhir::terminology::{Terminology, TerminologyError};

#[test]
fn codes_relate_as_the_system_says() {
    let shelf = Shelf(vec![wards()]);
    let terminology = Terminology::with(&shelf);
    let act = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    let cases = [
        (WARDS, "icu", "icu", "equivalent"),
        (WARDS, "icu", "ICU", "equivalent"),
        (WARDS, "all", "icu", "subsumes"),
        (WARDS, "icu", "all", "subsumed-by"),
        (WARDS, "medicine", "icu", "subsumes"),
        (WARDS, "surgery", "medicine", "not-subsumed"),
        (act, "_ActEncounterCode", "AMB", "subsumes"),
        (act, "AMB", "_ActEncounterCode", "subsumed-by"),
        (act, "AMB", "EMER", "not-subsumed"),
    ];
    for (system, a, b, expected) in cases {
        assert_eq!(terminology.subsumes(system, a, b).unwrap().as_str(), expected, "{a} and {b}");
    }
}

#[test]
fn subsumption_is_what_the_ancestors_say() {
    let terminology = Terminology::r4();
    let system = "http://terminology.hl7.org/CodeSystem/v3-RoleClass";
    let codes: Vec<String> = terminology
        .code_system(system)
        .unwrap()
        .concepts()
        .iter()
        .map(|concept| concept.code.clone())
        .collect();
    for a in &codes {
        let below = terminology.descendants(system, a).unwrap();
        for b in &codes {
            let said = terminology.subsumes(system, a, b).unwrap().as_str();
            let above = terminology.ancestors(system, b).unwrap();
            assert_eq!(above.contains(a), below.contains(b), "{a} over {b}");
            assert_eq!(said == "subsumes", above.contains(a), "{a} over {b}");
        }
    }
}

#[test]
fn unknown_codes_are_told_from_undecided_ones() {
    let terminology = Terminology::r4();
    let absent = terminology.lookup("http://hl7.org/fhir/administrative-gender", "f").unwrap_err();
    assert!(matches!(absent, TerminologyError::UnknownCode { .. }), "{absent}");
    let undecided = terminology.lookup("http://loinc.org", "99999-9").unwrap_err();
    assert!(matches!(undecided, TerminologyError::Undecided { .. }), "{undecided}");
}

#[test]
fn parts_are_not_kinds() {
    let mut parts = wards();
    parts["hierarchyMeaning"] = "part-of".into();
    let shelf = Shelf(vec![parts]);
    assert!(Terminology::with(&shelf).subsumes(WARDS, "all", "icu").is_err());
}

#[test]
fn a_fragment_does_not_say_how_its_codes_relate() {
    assert!(Terminology::r4().subsumes("http://loinc.org", "11502-2", "11503-0").is_err());
}
