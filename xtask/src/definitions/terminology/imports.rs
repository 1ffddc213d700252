//! Small value sets that US Core imports from the Value Set Authority Center but does not carry. What is in them is
//! what the descriptions of the importing value sets in US Core 6.1.0 say; the names are those of the code systems.

use serde_json::{Value, json};

const CDC_RACE: &str = "urn:oid:2.16.840.1.113883.6.238";
const GENDER: &str = "http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender";
const NULL_FLAVOR: &str = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";

/// Codes with their displays.
type Codes = &'static [(&'static str, &'static str)];

const RACES: Codes = &[
    ("1002-5", "American Indian or Alaska Native"),
    ("2028-9", "Asian"),
    ("2054-5", "Black or African American"),
    ("2076-8", "Native Hawaiian or Other Pacific Islander"),
    ("2106-3", "White"),
];

const OTHER_RACE: Codes = &[("2131-1", "Other Race")];

/// End of the canonical URL, name, codes in order, their system.
const SETS: [(&str, &str, &[Codes], &str); 6] = [
    ("2.16.840.1.114222.4.11.836", "Race", &[RACES, OTHER_RACE], CDC_RACE),
    ("2.16.840.1.113883.3.2074.1.1.3", "RaceCategoryExcludingNulls", &[RACES], CDC_RACE),
    (
        "2.16.840.1.114222.4.11.837",
        "Ethnicity",
        &[&[("2135-2", "Hispanic or Latino"), ("2186-5", "Not Hispanic or Latino")]],
        CDC_RACE,
    ),
    ("2.16.840.1.113762.1.4.1", "ONCAdministrativeSex", &[&[("F", "Female"), ("M", "Male")]], GENDER),
    (
        "2.16.840.1.113762.1.4.1021.102",
        "UnknownOrRefusedToAnswer",
        &[&[("ASKU", "asked but unknown"), ("UNK", "unknown")]],
        NULL_FLAVOR,
    ),
    (
        "2.16.840.1.113762.1.4.1021.103",
        "OtherOrUnknownOrRefusedToAnswer",
        &[&[("ASKU", "asked but unknown"), ("OTH", "other"), ("UNK", "unknown")]],
        NULL_FLAVOR,
    ),
];

/// These value sets as FHIR writes them.
pub(super) fn value_sets() -> impl Iterator<Item = Value> {
    SETS.into_iter().map(|(oid, name, codes, system)| {
        let concepts: Vec<Value> = codes
            .iter()
            .copied()
            .flatten()
            .map(|(code, display)| json!({"code": code, "display": display}))
            .collect();
        json!({"resourceType": "ValueSet", "url": format!("http://cts.nlm.nih.gov/fhir/ValueSet/{oid}"), "name": name,
            "status": "active", "compose": {"include": [{"system": system, "concept": concepts}]}})
    })
}
