use proptest::prelude::*;
use serde_json::{Value, json};

use super::small::Nothing;
use crate::fhir::profile::{Profiles, Validator};
use crate::fhir::terminology::Terminology;

const NAMES: [&str; 16] = [
    "extension",
    "url",
    "name",
    "_birthDate",
    "birthDate",
    "coding",
    "system",
    "code",
    "value",
    "valueQuantity",
    "category",
    "component",
    "subject",
    "reference",
    "contained",
    "resourceType",
];
const TEXTS: [&str; 8] = [
    "Patient",
    "Observation",
    "Bundle",
    "#",
    "#a",
    "http://loinc.org",
    "8302-2",
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
];

/// JSON with the names and texts that the walk looks for.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        prop::sample::select(&TEXTS[..]).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 96, 8, |inner| {
        let name = prop_oneof![prop::sample::select(&NAMES[..]).prop_map(str::to_owned), any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_makes_the_walk_panic(
        value in any_json(),
        kind in prop::sample::select(&["Patient", "Observation", "Bundle", "Questionnaire"][..]),
        profile in prop::sample::select(&["us-core-patient", "us-core-blood-pressure", "us-core-careplan"][..]),
    ) {
        let mut resource = value;
        if let Value::Object(members) = &mut resource {
            members.insert("resourceType".to_owned(), kind.into());
            let url = format!("http://hl7.org/fhir/us/core/StructureDefinition/{profile}");
            members.insert("meta".to_owned(), json!({"profile": [url]}));
        }
        let terminology = Terminology::r4();
        let issues = Validator::new(Profiles::shipped(), &terminology, &Nothing).validate(&resource, &[]);
        prop_assert!(issues.iter().all(|issue| !issue.diagnostics.is_empty()));
    }
}
