//! Does a code belong?

use crate::fhir::terminology::{Membership, Terminology};

#[test]
fn shipped_value_sets_know_their_codes() {
    let cases = [
        ("http://hl7.org/fhir/ValueSet/administrative-gender", None, "female", "member"),
        ("http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1", None, "f", "not"),
        (
            "http://hl7.org/fhir/ValueSet/administrative-gender",
            Some("http://hl7.org/fhir/administrative-gender"),
            "female",
            "member",
        ),
        ("http://hl7.org/fhir/ValueSet/administrative-gender", Some("http://x.example"), "female", "not"),
        // An `is-a` filter over a hierarchy of HL7 v3.
        (
            "http://terminology.hl7.org/ValueSet/v3-ActEncounterCode",
            Some("http://terminology.hl7.org/CodeSystem/v3-ActCode"),
            "AMB",
            "member",
        ),
        (
            "http://terminology.hl7.org/ValueSet/v3-ActEncounterCode",
            Some("http://terminology.hl7.org/CodeSystem/v3-ActCode"),
            "HIPAACE",
            "not",
        ),
        ("http://hl7.org/fhir/ValueSet/observation-codes", Some("http://loinc.org"), "99999-9", "unknown"),
        ("http://hl7.org/fhir/ValueSet/observation-codes", Some("http://x.example"), "99999-9", "not"),
        ("http://example.org/none", None, "x", "unknown"),
    ];
    for (set, system, code, expected) in cases {
        let found = match Terminology::r4().membership(set, system, code) {
            Membership::Member => "member",
            Membership::NotMember => "not",
            Membership::Unknown(_) => "unknown",
        };
        assert_eq!(found, expected, "{code} of {system:?} in {set}");
    }
}
