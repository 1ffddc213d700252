//! One search on several types, and includes that go on.

use super::{CONTEXT, read};
use crate::fhir::search::Parameters;
use crate::fhir::search::query::{Problem, ProblemKind, Query, parse_types};

fn read_types(types: &[&str], query: &str) -> (Vec<Query>, Vec<Problem>) {
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    parse_types(types, &pairs, Parameters::r4(), &CONTEXT)
}

/// What is asked, the parameters told of with their kinds, and those applied.
type Case = (&'static str, &'static [(&'static str, ProblemKind)], &'static str);

#[test]
fn what_chooses_must_suit_every_type_and_what_adds_one() {
    let types = ["Observation", "Patient"];
    let cases: [Case; 8] = [
        ("_id=1&_lastUpdated=gt2024", &[], "_id _lastUpdated"),
        ("_id=1&name=x", &[("name", ProblemKind::Unknown)], "_id"),
        ("identifier=a&_sort=identifier,_id", &[], "identifier _sort"),
        ("_sort=name", &[("_sort", ProblemKind::Unknown)], ""),
        ("_include=Observation:subject&_revinclude=Provenance:target", &[], "_include _revinclude"),
        ("_include=Encounter:subject", &[("_include", ProblemKind::Unknown)], ""),
        ("_count=1&_count=2&_cursor=x", &[("_count", ProblemKind::Invalid)], "_count _count"),
        ("_type=Patient&_format=json&_id=a/b", &[("_id", ProblemKind::Invalid)], ""),
    ];
    for (query, problems, applied) in cases {
        let (queries, found) = read_types(&types, query);
        let named: Vec<(&str, ProblemKind)> =
            found.iter().map(|problem| (problem.parameter.as_str(), problem.kind)).collect();
        assert_eq!(named, problems, "{query}");
        for (kind, read) in types.iter().zip(&queries) {
            let names: Vec<&str> = read.applied.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!((read.resource_type.as_str(), names.join(" ").as_str()), (*kind, applied), "{query}");
            assert!(read.problems.is_empty(), "{query}");
        }
    }
    let (queries, _) = read_types(&types, "_include=Observation:subject");
    assert_eq!(queries.iter().map(|query| query.include.len()).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(read_types(&[], "_id=1"), (vec![], vec![]));
}

#[test]
fn iterated_includes_may_start_anywhere() {
    let query = read(
        "Observation",
        "_include:iterate=Encounter:location:Location&_revinclude:iterate=Provenance:target",
    );
    assert_eq!(query.problems, []);
    let [include] = query.include.as_slice() else { panic!("{query:?}") };
    let aim = (include.source_type.as_str(), include.target_type.as_deref(), include.iterate);
    assert_eq!(aim, ("Encounter", Some("Location"), true));
    let [reverse] = query.revinclude.as_slice() else { panic!("{query:?}") };
    assert_eq!((reverse.target_type.as_deref(), reverse.iterate), (None, true));
    let all = read("Encounter", "_include=*");
    assert!(all.include.len() > 5 && all.include.iter().all(|include| include.source_type == "Encounter"));
    let reverse = read("Encounter", "_revinclude=*");
    assert!(reverse.revinclude.iter().any(|include| include.source_type == "Observation"));
    assert!(!reverse.revinclude.iter().any(|include| include.code == "general-practitioner"));
}
