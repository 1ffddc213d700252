//! What a query string is read into.

use super::read;
use crate::fhir::search::query::{Condition, Match, Modifier, ProblemKind, Summary, SystemMatch, Total};
use crate::fhir::search::{ParamKey, SearchKind};

/// The matches of the only criterion, as text.
fn any(resource_type: &str, query: &str) -> String {
    let query = read(resource_type, query);
    assert_eq!(query.problems, [], "{query:?}");
    let [criterion] = query.criteria.as_slice() else { panic!("one criterion: {query:?}") };
    let criterion = criterion.as_value().unwrap();
    let words: Vec<String> = criterion.any.iter().map(words).collect();
    words.join(" or ")
}

fn words(wanted: &Match) -> String {
    match wanted {
        Match::Token { system, code } => {
            let system = match system {
                SystemMatch::Any => "*",
                SystemMatch::None => "-",
                SystemMatch::Is(system) => system,
            };
            format!("{system}|{}", code.as_deref().unwrap_or("*"))
        }
        Match::String { normalised, exact } => format!("{normalised} ({exact})"),
        Match::Date { prefix, low_us, high_us } | Match::LastUpdated { prefix, low_us, high_us } => {
            format!("{prefix:?} {} to {}", super::moment(*low_us), super::moment(*high_us))
        }
        Match::Number { prefix, value, low, high } => format!("{prefix:?} {value} in {low}..{high}"),
        Match::Quantity { prefix, value, low, high, system, code } => {
            format!("{prefix:?} {value} in {low}..{high} {system:?} {code:?}")
        }
        Match::Reference { targets } => targets.join(" "),
        Match::Uri { value } => value.clone(),
        Match::Id { id } => id.clone(),
        Match::UriBelow { value } => format!("{value}/..."),
        Match::Label { normalised } => format!("\"{normalised}\""),
        Match::Codes { codes } => format!("{codes:?}"),
        Match::Element { parts } => {
            let parts: Vec<String> = parts.iter().flat_map(|part| &part.any).map(words).collect();
            parts.join(" $ ")
        }
    }
}

#[test]
fn values_of_every_kind() {
    for (resource_type, query, expected) in [
        ("Patient", "gender=male", "*|male"),
        ("Patient", "gender=http://hl7.org/fhir/administrative-gender|male", "-|male"),
        ("Patient", "gender=http://hl7.org/fhir/administrative-gender|", "-|*"),
        ("Patient", "gender=http://else.example|male", "http://else.example|male"),
        ("Observation", "code=http://loinc.org|1", "http://loinc.org|1"),
        ("Patient", "gender=male,female", "*|male or *|female"),
        ("Patient", "identifier=http://a.example|1", "http://a.example|1"),
        ("Patient", "identifier=|1", "-|1"),
        ("Patient", "identifier=http://a.example|", "http://a.example|*"),
        (r"Patient", r"identifier=a\|b\,c\\d\$e\f", r"*|a|b,c\d$e\f"),
        ("Patient", r"identifier=a\,b,c", "*|a,b or *|c"),
        ("Patient", "name=Zoë  Li", "zoe li (Zoë  Li)"),
        ("Patient", "name:exact=Zoë", "zoe (Zoë)"),
        ("Patient", "birthdate=1980", "Eq 1980-01-01T00:00:00Z to 1981-01-01T00:00:00Z"),
        ("Patient", "birthdate=ge1980-05", "Ge 1980-05-01T00:00:00Z to 1980-06-01T00:00:00Z"),
        (
            "Observation",
            "date=lt2024-01-01T00:00:00 02:00",
            "Lt 2023-12-31T22:00:00Z to 2023-12-31T22:00:01Z",
        ),
        // A hundred days before the present: ten days to either side.
        ("Observation", "date=ap2024-03-22", "Ap 2024-03-12T00:00:00Z to 2024-04-02T00:00:00Z"),
        ("Observation", "date=ap2024", "Ap 2024-01-01T00:00:00Z to 2025-01-01T00:00:00Z"),
        ("Patient", "_lastUpdated=gt2024-06-30", "Gt 2024-06-30T00:00:00Z to 2024-07-01T00:00:00Z"),
        ("RiskAssessment", "probability=gt0.80", "Gt 0.8 in 0.795..0.805"),
        ("RiskAssessment", "probability=ap10", "Ap 10 in 9..11"),
        ("Observation", "value-quantity=5.4", "Eq 5.4 in 5.35..5.45 None None"),
        ("Observation", "value-quantity=le5||mg", r#"Le 5 in 4.5..5.5 None Some("mg")"#),
        (
            "Observation",
            "value-quantity=5|http://u.example|mg",
            r#"Eq 5 in 4.5..5.5 Some("http://u.example") Some("mg")"#,
        ),
        ("Observation", "patient=1", "Patient/1 http://here.example/fhir/Patient/1"),
        ("Observation", "subject=Group/1", "Group/1 http://here.example/fhir/Group/1"),
        (
            "Observation",
            "subject=http://here.example/fhir/Group/1",
            "Group/1 http://here.example/fhir/Group/1",
        ),
        (
            "Observation",
            "subject=http://far.example/fhir/Group/1/_history/2",
            "http://far.example/fhir/Group/1",
        ),
        ("Observation", "subject:Patient=1", "Patient/1 http://here.example/fhir/Patient/1"),
        ("Observation", "subject:Patient=Patient/1", "Patient/1 http://here.example/fhir/Patient/1"),
        (
            "Observation",
            "patient=a,b",
            "Patient/a http://here.example/fhir/Patient/a or Patient/b http://here.example/fhir/Patient/b",
        ),
        ("QuestionnaireResponse", "questionnaire=http://x.example/q|2", "http://x.example/q"),
        ("ValueSet", "url=http://x.example/vs", "http://x.example/vs"),
        ("Patient", "_id=a,b", "a or b"),
        ("Patient", "_profile=http://x.example/p|1", "http://x.example/p|1"),
    ] {
        assert_eq!(any(resource_type, query), expected, "{resource_type}?{query}");
    }
}

#[test]
fn an_id_alone_may_be_of_any_type_the_parameter_points_to() {
    let found = any("Observation", "subject=1");
    for name in ["Patient", "Group", "Device", "Location"] {
        assert!(found.contains(&format!("{name}/1 ")), "{found}");
    }
    assert!(!found.contains("Practitioner/1"), "{found}");
}

#[test]
fn modifiers() {
    for (resource_type, query, modifier) in [
        ("Patient", "name:exact=Li", Modifier::Exact),
        ("Patient", "name:contains=Li", Modifier::Contains),
        ("Patient", "gender:not=male", Modifier::Not),
        ("Patient", "birthdate:missing=true", Modifier::Missing(true)),
        ("Patient", "link:missing=false", Modifier::Missing(false)),
        ("Observation", "subject:Group=1", Modifier::Type("Group".to_owned())),
    ] {
        let query = read(resource_type, query);
        assert_eq!(query.problems, []);
        assert_eq!(query.criteria[0].as_value().unwrap().modifier, Some(modifier));
    }
}

#[test]
fn problems_say_what_and_why() {
    use ProblemKind::{Invalid, Unknown};
    for (resource_type, query, kind, reason) in [
        ("Patient", "nmae=Li", Unknown, "Patient has no search parameter `nmae`"),
        ("Pateint", "name=Li", Unknown, "Pateint has no search parameter `name`"),
        ("Patient", "name=", Unknown, "has no value"),
        ("Patient", "=x", Unknown, "no search parameter ``"),
        ("Patient", "birthdate=yesterday", Invalid, "is not a date"),
        ("Patient", "birthdate=xx1980", Invalid, "is not a date"),
        ("Patient", "birthdate=1980-02-30", Invalid, "is not a date"),
        ("Patient", "name=a,,b", Invalid, "empty value"),
        ("Patient", "gender=|", Invalid, "neither a system nor a code"),
        ("Patient", "gender=a|b|c", Invalid, "more than one `|`"),
        ("Patient", "gender:exact=male", Invalid, ":exact"),
        ("Patient", "name:text=Li", Invalid, ":text"),
        ("Patient", "_id:not=1", Invalid, ":not"),
        ("Patient", "_id=a/b", Invalid, "is not an id"),
        ("Patient", "birthdate:missing=maybe", Invalid, "is not one of true, false"),
        ("Observation", "value-quantity=5|mg", Invalid, "is not a quantity"),
        ("Observation", "value-quantity=much", Invalid, "is not a number"),
        ("Observation", "subject=what is this", Invalid, "is not a reference"),
        ("Observation", "subject=#inside", Invalid, "is not a reference"),
        ("Observation", "subject:Practitioner=1", Invalid, ":Practitioner"),
        ("Observation", "subject:Patient=Group/1", Invalid, "is of the type Group, not Patient"),
        ("Observation", "subject.nmae=Li", Unknown, "no search parameter `nmae`"),
        ("Observation", "subject:Practitioner.name=Li", Invalid, "cannot refer to `Practitioner`"),
        ("Observation", "code.text=Li", Invalid, "only references can be followed"),
        ("Observation", "subject.birthdate=soon", Invalid, "is not a date"),
        ("Observation", "subject:missing.name=Li", Invalid, "cannot refer to `missing`"),
        ("Patient", "_has=1", Invalid, "write _has:Type:reference:parameter"),
        ("Patient", "_has:Observation:patient=1", Invalid, "write _has:Type:reference:parameter"),
        ("Patient", "_has:Observatoin:patient:code=1", Invalid, "not a resource type"),
        ("Patient", "_has:Observation:code:code=1", Invalid, "only references can be followed"),
        ("Patient", "_has:Observation:encounter:code=1", Unknown, "does not refer to Patient"),
        ("Patient", "_list=$current-problems", Invalid, "name a List by its id"),
        ("Patient", "_list:not=1", Invalid, "without a modifier"),
        ("Observation", "code-value-quantity=a", Invalid, "a value for each of code$value-quantity"),
        ("Observation", "code-value-quantity=a$much", Invalid, "is not a number"),
        ("Observation", "code-value-quantity:not=a$1", Invalid, "takes :missing"),
        ("Patient", "identifier:of-type=MR|1", Invalid, "system|code|value"),
        ("Patient", "identifier:of-type=a|MR|", Invalid, "both the code of a type and a value"),
        ("Patient", "gender:in=http://x.example/vs", Invalid, "no value sets are known here"),
        ("Observation", "code:below=1234-5", Invalid, "write system|code"),
        ("Observation", "code:above=http://loinc.org|", Invalid, "names no code"),
        ("Observation", "date:text=x", Invalid, "takes :missing"),
        ("Patient", "_filter=name", Invalid, "an operator such as eq is expected"),
        ("Patient", "_filter=name eq", Invalid, "a value is expected after `name eq`"),
        ("Patient", "_filter=(name eq x", Invalid, "`)` is expected, not the end"),
        ("Patient", "_filter=name eq x y", Invalid, "not expected after a complete filter"),
        ("Patient", "_filter=name eq \"x", Invalid, "does not end"),
        ("Patient", "_filter=name gt x", Invalid, "takes eq ne co sw ew pr"),
        ("Patient", "_filter=gender po x", Invalid, "`po` is not supported"),
        ("Patient", "_filter=nmae eq x", Unknown, "no search parameter `nmae`"),
        ("Patient", "_filter=name pr perhaps", Invalid, "is not one of true, false"),
        ("Patient", "_filter=link[a eq b].x eq y", Invalid, "square brackets"),
        ("Observation", "_sort=code-value-quantity", Invalid, "has no order"),
        ("Location", "near=1|2", Invalid, "special"),
        ("Bundle", "composition=1", Invalid, "is not supported"),
        ("Patient", "_text=flu", Invalid, "is not supported"),
        ("Patient", "_count=many", Invalid, "whole number"),
        ("Patient", "_count=-1", Invalid, "whole number"),
        ("Patient", "_count=1&_count=2", Invalid, "more than once"),
        ("Patient", "_cursor=1&_cursor=2", Invalid, "more than once"),
        ("Patient", "_summary=some", Invalid, "true, false, text, data, count"),
        ("Patient", "_total=some", Invalid, "none, estimate, accurate"),
        ("Patient", "_elements=name,na-me", Invalid, "top-level element"),
        ("Patient", "_sort=age", Unknown, "cannot be sorted by `age`"),
        ("Patient", "_include=Patient", Invalid, "Type:parameter"),
        ("Patient", "_include=Patient:a:b:c", Invalid, "too many parts"),
        ("Patient", "_include=Patient:name", Unknown, "no reference `name`"),
        ("Patient", "_include=Observation:subject", Unknown, "adds nothing"),
        ("Patient", "_include:recurse=Patient:link", Invalid, "without a modifier"),
        ("Patient", "phonetic=Li", Invalid, "by their sound"),
        ("Patient", "_revinclude=Observation:subject:Group", Unknown, "adds nothing"),
        ("Patient", "_revinclude=Observation:encounter", Unknown, "no reference `encounter` to Patient"),
    ] {
        let found = read(resource_type, query);
        let [problem] = found.problems.as_slice() else { panic!("{query}: {found:?}") };
        assert_eq!(problem.kind, kind, "{query}: {problem:?}");
        assert!(problem.reason.contains(reason), "{query}: {problem:?}");
        assert!(found.criteria.is_empty(), "{query}");
    }
}

#[test]
fn the_rest_of_a_query_survives_its_problems() {
    let query = read("Patient", "name=Li&nmae=Li&gender=male&birthdate=x&_count=5");
    let codes: Vec<&str> = query
        .criteria
        .iter()
        .flat_map(Condition::criteria)
        .map(|criterion| criterion.code.as_str())
        .collect();
    assert_eq!(codes, ["name", "gender"]);
    let named: Vec<&str> = query.problems.iter().map(|problem| problem.parameter.as_str()).collect();
    assert_eq!(named, ["nmae", "birthdate"]);
    let applied: Vec<String> = query.applied.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(applied, ["name=Li", "gender=male", "_count=5"]);
}

#[test]
fn what_shapes_the_result() {
    let query = read(
        "Observation",
        "_sort=-date,code,_id&_count=20&_cursor=abc&_summary=data&_total=accurate&_elements=code,status\
         &_include=Observation:subject:Patient&_revinclude=Provenance:target&_format=json&_pretty=true",
    );
    assert_eq!(query.problems, []);
    let sort: Vec<_> =
        query.sort.iter().map(|sort| (sort.code.as_str(), sort.kind, sort.descending)).collect();
    let expected = [
        ("date", SearchKind::Date, true),
        ("code", SearchKind::Token, false),
        ("_id", SearchKind::Id, false),
    ];
    assert_eq!(sort, expected);
    assert_eq!(query.sort[0].key, ParamKey::of("Observation", "date"));
    assert_eq!((query.count, query.cursor.as_deref()), (Some(20), Some("abc")));
    assert_eq!((query.summary, query.total), (Summary::Data, Total::Accurate));
    assert_eq!(query.elements, ["code", "status"]);
    let [include] = query.include.as_slice() else { panic!("{query:?}") };
    assert_eq!(include.key, ParamKey::of("Observation", "subject"));
    assert_eq!(include.target_type.as_deref(), Some("Patient"));
    let [revinclude] = query.revinclude.as_slice() else { panic!("{query:?}") };
    assert_eq!(revinclude.source_type, "Provenance");
    assert_eq!(revinclude.key, ParamKey::of("Provenance", "target"));
    assert!(
        !query.applied.iter().any(|(name, _)| ["_cursor", "_format", "_pretty"].contains(&name.as_str()))
    );
}

#[test]
fn a_star_includes_every_reference() {
    let query = read("Encounter", "_include=Encounter:*");
    let codes: Vec<&str> = query.include.iter().map(|include| include.code.as_str()).collect();
    assert!(codes.contains(&"patient") && codes.contains(&"location"), "{codes:?}");
    let query = read("Patient", "_revinclude=Encounter:*");
    assert!(query.revinclude.iter().all(|include| include.target_type.as_deref() == Some("Patient")));
    assert!(!query.revinclude.iter().any(|include| include.code == "location"));
}
