//! What holds for every value set.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::shelf::{Shelf, WARDS, set, wards};
use crate::fhir::terminology::{
    CodeSystem, ConceptMap, Expand, Kind, Limits, Membership, Terminology, TerminologyError, ValueSet,
};

/// So many that no list is cut.
const MEMBERS_MAX: usize = 100_000;

const OTHER: &str = "http://hl7.org/fhir/administrative-gender";

/// The members of an expansion are exactly the codes that membership calls members.
fn agrees(terminology: &Terminology<'_>, set: &ValueSet, systems: &[&str]) -> Result<(), TestCaseError> {
    let expansion = match terminology.expand_set(set, &Expand::default()) {
        Ok(expansion) => expansion,
        Err(TerminologyError::NotListable { .. }) => return Ok(()),
        Err(error) => return Err(TestCaseError::fail(error.to_string())),
    };
    let listed: BTreeSet<(&str, &str)> =
        expansion.members.iter().map(|member| (member.system.as_str(), member.code.as_str())).collect();
    prop_assert_eq!(listed.len(), expansion.members.len());
    for url in systems {
        for concept in terminology.code_system(url).unwrap().concepts() {
            let belongs = terminology.membership_in(set, Some(url), &concept.code);
            prop_assert_eq!(
                belongs == Membership::Member,
                listed.contains(&(*url, concept.code.as_str())),
                "{}",
                concept.code
            );
            prop_assert!(
                expansion.open.is_some() || !matches!(belongs, Membership::Unknown(_)),
                "{}",
                concept.code
            );
        }
    }
    Ok(())
}

#[test]
fn shipped_value_sets_list_exactly_their_members() {
    let terminology = Terminology::r4();
    for url in Terminology::shipped_urls(Kind::ValueSet).step_by(5) {
        let set = terminology.value_set(url).unwrap();
        let Ok(expansion) = terminology.expand(url, &Expand { count: Some(0), ..Expand::default() }) else {
            continue;
        };
        if expansion.total > 1_000 {
            continue;
        }
        let systems: Vec<&str> =
            expansion.systems.iter().map(|system| system.split('|').next().unwrap()).collect();
        let known: Vec<&str> =
            systems.into_iter().filter(|url| terminology.code_system(url).is_ok()).collect();
        agrees(&terminology, &set, &known).unwrap_or_else(|error| panic!("{url}: {error}"));
    }
}

fn code() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["all", "surgery", "icu", "medicine", "attic", "female", "male", "nothing"])
        .prop_map(str::to_owned)
}

fn filter() -> impl Strategy<Value = Value> {
    let operator = prop::sample::select(vec![
        "is-a",
        "descendent-of",
        "is-not-a",
        "generalizes",
        "=",
        "in",
        "not-in",
        "exists",
        "regex",
        "?",
    ]);
    let property = prop::sample::select(vec!["concept", "code", "beds", "parent", "status"]);
    (property, operator, code())
        .prop_map(|(property, op, value)| json!({"property": property, "op": op, "value": value}))
}

fn part() -> impl Strategy<Value = Value> {
    let system = prop::option::of(prop::sample::select(vec![
        WARDS,
        OTHER,
        "http://loinc.org",
        "http://nowhere.example",
    ]));
    let concepts = prop::option::of(prop::collection::vec(code(), 0..4));
    let filters = prop::collection::vec(filter(), 0..2);
    let sets = prop::collection::vec(
        prop::sample::select(vec![
            "http://x.example/0",
            "http://x.example/1",
            "http://hl7.org/fhir/ValueSet/administrative-gender",
            "http://nowhere.example",
        ]),
        0..2,
    );
    (system, concepts, filters, sets).prop_map(|(system, concepts, filters, sets)| {
        let mut part = json!({"filter": filters, "valueSet": sets});
        if let Some(system) = system {
            part["system"] = json!(system);
        }
        if let Some(concepts) = concepts {
            part["concept"] = concepts.iter().map(|code| json!({"code": code})).collect();
        }
        part
    })
}

fn compose() -> impl Strategy<Value = Value> {
    let parts = || prop::collection::vec(part(), 0..4);
    (parts(), prop::collection::vec(part(), 0..2), any::<bool>()).prop_map(
        |(include, exclude, inactive)| json!({"include": include, "exclude": exclude, "inactive": inactive}),
    )
}

fn anything() -> impl Strategy<Value = Value> {
    let names = || {
        prop::sample::select(vec![
            "compose",
            "include",
            "system",
            "concept",
            "code",
            "filter",
            "op",
            "valueSet",
            "expansion",
            "contains",
            "group",
            "element",
            "target",
            "property",
            "valueCode",
        ])
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z|]{0,3}".prop_map(Value::from)
    ];
    leaf.prop_recursive(6, 60, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names().prop_map(str::to_owned), inner, 0..4)
                .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn any_rules_list_exactly_the_members(one in compose(), two in compose(), three in compose()) {
        let shelf = Shelf(vec![wards(), set("http://x.example/0", one), set("http://x.example/1", two)]);
        let terminology = Terminology::with(&shelf).limited(Limits { members_max: MEMBERS_MAX, ..Limits::default() });
        let asked = ValueSet::new(&set("http://x.example/2", three));
        match terminology.expand_set(&asked, &Expand::default()) {
            Err(TerminologyError::Invalid(message)) => prop_assert!(message.contains("imports itself")),
            _ => agrees(&terminology, &asked, &[WARDS, OTHER])?,
        }
    }

    #[test]
    fn no_resource_makes_it_panic(resource in anything()) {
        let terminology = Terminology::r4();
        let set = ValueSet::new(&resource);
        let _ = terminology.expand_set(&set, &Expand::default());
        let _ = terminology.membership_in(&set, None, "a");
        let system = CodeSystem::new(&resource);
        for concept in system.concepts() {
            prop_assert!(!system.is_above(&concept.code, &concept.code));
        }
        ConceptMap::new(&resource);
    }
}
