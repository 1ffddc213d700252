//! What holds for any input.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{CONTEXT, read};
use crate::fhir::search::compare::dates;
use crate::fhir::search::date::span;
use crate::fhir::search::query::{Prefix, parse};
use crate::fhir::search::{Parameters, extract, matches, normalise};

fn names() -> impl Strategy<Value = String> {
    let known: Vec<String> = ["Patient", "Observation", "MedicationRequest"]
        .iter()
        .flat_map(|name| Parameters::r4().of(name))
        .map(|parameter| parameter.code.clone())
        .chain(
            [
                "_sort",
                "_count",
                "_include",
                "_revinclude",
                "_summary",
                "_total",
                "_elements",
                "_has",
                "_filter",
                "_list",
                "subject.name",
                "_has:Provenance:target:_id",
            ]
            .map(str::to_owned),
        )
        .collect();
    let modifier = prop_oneof![
        4 => Just(String::new()),
        1 => prop::sample::select(vec![":exact", ":contains", ":not", ":missing", ":Patient", ":text", ":of-type", ":identifier", ":above", ":below", ":in", ":iterate"]).prop_map(str::to_owned),
        1 => ":[a-zA-Z.:]{0,6}",
    ];
    (prop::sample::select(known), modifier).prop_map(|(name, modifier)| name + &modifier)
}

fn query_values() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,20}",
        r"(eq|ne|gt|lt|ge|le|sa|eb|ap)?[0-9TZ:.+eE-]{0,24}",
        r"[a-zA-Z0-9|,$\\/:#?-]{0,20}",
        r#"((\(|\)|not|and|or|code|date|subject|eq|gt|sw|pr|true|"x"|2024) ?){0,9}"#,
        "(Patient|Group|Observation)(/|:)[a-z0-9]{1,6}",
    ]
}

fn json_values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[0-9]{4}(-[0-9]{2}){0,2}".prop_map(Value::from),
        "(Patient|#|http://x.example)/?[a-z0-9/|]{0,6}".prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    let members = prop::sample::select(vec![
        "system",
        "code",
        "value",
        "coding",
        "reference",
        "start",
        "end",
        "event",
        "repeat",
        "low",
        "high",
        "family",
        "given",
        "line",
        "unit",
        "currency",
        "comparator",
        "url",
        "text",
    ]);
    leaf.prop_recursive(3, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((members.clone(), inner), 0..5).prop_map(|members| {
                Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

fn resources() -> impl Strategy<Value = Value> {
    let elements = prop::sample::select(vec![
        "meta",
        "identifier",
        "name",
        "birthDate",
        "gender",
        "deceasedBoolean",
        "address",
        "telecom",
        "subject",
        "code",
        "effectivePeriod",
        "effectiveDateTime",
        "effectiveTiming",
        "valueQuantity",
        "component",
        "extension",
        "status",
    ]);
    let name = prop::sample::select(vec!["Patient", "Observation", "Encounter"]);
    (name, prop::collection::vec((elements, json_values()), 0..6)).prop_map(|(name, elements)| {
        let mut resource = json!({"resourceType": name, "id": "r"});
        for (element, value) in elements {
            resource[element] = value;
        }
        resource
    })
}

proptest! {
    #[test]
    fn reading_never_panics_and_loses_nothing(pairs in prop::collection::vec((names(), query_values()), 0..6)) {
        let query = parse("Observation", &pairs, Parameters::r4(), &CONTEXT);
        prop_assert_eq!(query.applied.len() + query.problems.len(), pairs.len());
        let again = parse("Observation", &query.applied, Parameters::r4(), &CONTEXT);
        prop_assert_eq!(again.problems, vec![]);
        prop_assert_eq!(again.criteria, query.criteria);
        prop_assert_eq!(again.sort, query.sort);
    }

    #[test]
    fn any_text_at_all_can_be_read(name in ".{0,12}", value in ".{0,12}", resource_type in "[A-Za-z]{0,8}") {
        let query = parse(&resource_type, &[(name, value)], Parameters::r4(), &CONTEXT);
        prop_assert!(query.problems.len() + query.criteria.len() <= 1);
    }

    #[test]
    fn extraction_is_sorted_unique_and_the_same_again(resource in resources()) {
        let entries = extract(&resource);
        prop_assert!(entries.is_sorted_by(|a, b| a.order(b).is_lt()));
        prop_assert_eq!(extract(&resource), entries);
    }

    #[test]
    fn a_criterion_and_its_opposite_divide_all_resources(resource in resources(), code in "[a-z]{1,3}") {
        let resource_type = resource["resourceType"].as_str().unwrap();
        let entries = extract(&resource);
        let holds = |query: &str| matches(&read(resource_type, query), &resource, &entries);
        prop_assert_ne!(holds("identifier:missing=true"), holds("identifier:missing=false"));
        let (is, not) = (format!("identifier={code}"), format!("identifier:not={code}"));
        prop_assert_ne!(holds(&is), holds(&not));
    }

    #[test]
    fn folding_text_twice_changes_nothing(text in ".{0,24}") {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn a_date_lies_within_what_it_is_cut_to(year in 1000..3000, month in 1..=12, day in 1..=28, hour in 0..24, minute in 0..60) {
        let whole = format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z");
        let exact = span(&whole).unwrap();
        for length in [4, 7, 10, 16] {
            let cut = span(&whole[..length]).unwrap();
            prop_assert!(dates(Prefix::Eq, exact, cut), "{} in {}", whole, &whole[..length]);
        }
        let known: jiff::Timestamp = whole.parse().unwrap();
        prop_assert_eq!(exact.0, known.as_microsecond());
    }

    #[test]
    fn prefixes_agree_with_each_other(low in -50_i64..50, width in 1_i64..50, from in -50_i64..50, length in 1_i64..50) {
        let (found, wanted) = ((low, low + width), (from, from + length));
        let holds = |prefix| dates(prefix, found, wanted);
        prop_assert_ne!(holds(Prefix::Eq), holds(Prefix::Ne));
        prop_assert_eq!(holds(Prefix::Ge), holds(Prefix::Gt) || holds(Prefix::Eq));
        prop_assert_eq!(holds(Prefix::Le), holds(Prefix::Lt) || holds(Prefix::Eq));
        prop_assert!(!holds(Prefix::Sa) || holds(Prefix::Gt));
        prop_assert!(!holds(Prefix::Eb) || holds(Prefix::Lt));
        prop_assert_eq!(holds(Prefix::Ap), !holds(Prefix::Sa) && !holds(Prefix::Eb));
    }
}
