//! Operations on codes: from what ships, what the hospital brings along, and what a learner has stored.

use platform::fhir::{Answer, FhirError, Interaction, Place, Refusal, pairs_of};
use serde_json::{Value, json};

use super::desk::{Desk, desk, refused};

const GENDER: &str = "http://hl7.org/fhir/ValueSet/administrative-gender";
const WARDS: &str = "http://x.example/wards";

impl Desk {
    /// An operation by name, on a type or `Type/id`, with a query string.
    fn get(&self, at: &str, name: &str, query: &str) -> Result<Value, FhirError> {
        self.operate(at, name, query, None)
    }

    /// The same with Parameters: each a member of `parameter`.
    fn post(&self, at: &str, name: &str, parameters: impl Into<Value>) -> Result<Value, FhirError> {
        let body = json!({"resourceType": "Parameters", "parameter": parameters.into()});
        self.operate(at, name, "", Some(&body.to_string()))
    }

    fn operate(&self, at: &str, name: &str, query: &str, body: Option<&str>) -> Result<Value, FhirError> {
        let place = match at.split_once('/') {
            Some((kind, id)) => Place::Instance(kind, id),
            None => Place::Type(at),
        };
        let (query, body) = (pairs_of(query), body.map(str::as_bytes));
        let answer = self.ask(&Interaction::Operation { name, place, query: &query, body })?;
        let Answer::Made(bytes) = answer else { panic!("{answer:?} was not made for the answer") };
        Ok(serde_json::from_slice(&bytes).unwrap())
    }

    fn with_wards(self) -> Desk {
        let system = json!({"resourceType": "CodeSystem", "id": "wards", "url": WARDS, "version": "2", "name": "Wards",
            "status": "active", "content": "complete", "concept": [{"code": "surgery", "display": "Surgery",
            "concept": [{"code": "icu", "display": "Intensive care", "definition": "Where the sickest lie",
                "designation": [{"language": "de", "value": "Intensivstation"}]}]}, {"code": "medicine"}]});
        let set = json!({"resourceType": "ValueSet", "id": "wards", "url": "http://x.example/set", "status": "active",
            "compose": {"include": [{"system": WARDS, "filter": [{"property": "concept", "op": "is-a", "value": "surgery"}]}]}});
        let map = json!({"resourceType": "ConceptMap", "id": "wards", "url": "http://x.example/map", "status": "active",
            "group": [{"source": WARDS, "target": "http://y.example", "element": [
                {"code": "icu", "target": [{"code": "17", "equivalence": "equivalent"}]},
                {"code": "medicine", "target": [{"equivalence": "unmatched"}]}]}]});
        for resource in [system, set, map] {
            self.update(resource["resourceType"].as_str().unwrap(), "wards", &resource).unwrap();
        }
        self
    }
}

/// The value of the first parameter, or part, of this name.
fn value<'a>(parameters: &'a Value, name: &str) -> &'a Value {
    let list = parameters.get("parameter").or_else(|| parameters.get("part"));
    let found = list.and_then(Value::as_array).into_iter().flatten().find(|one| one["name"] == name);
    let Some(found) = found else { return &Value::Null };
    let mut members = found.as_object().unwrap().iter();
    members.find(|(name, _)| name.starts_with("value")).map_or(found, |(_, value)| value)
}

fn codes(set: &Value) -> Vec<&str> {
    let contains = set["expansion"]["contains"].as_array().map(Vec::as_slice).unwrap_or_default();
    contains.iter().filter_map(|one| one["code"].as_str()).collect()
}

#[test]
fn value_sets_expand_from_every_source() {
    let desk = desk().with_wards();
    let cases = [
        ("ValueSet", format!("url={GENDER}"), vec!["male", "female", "other", "unknown"]),
        ("ValueSet", format!("url={GENDER}|4.0.1&count=2&offset=1"), vec!["female", "other"]),
        ("ValueSet", format!("url={GENDER}&valueSetVersion=4.0.1&filter=FEM"), vec!["female"]),
        ("ValueSet", "url=http://x.example/set".to_owned(), vec!["surgery", "icu"]),
        ("ValueSet/wards", "filter=care".to_owned(), vec!["icu"]),
        (
            "ValueSet",
            "url=https://practicum.example/fhir/ValueSet/lab-test&filter=sodium".to_owned(),
            vec!["NA"],
        ),
    ];
    for (at, query, expected) in cases {
        let set = desk.get(at, "expand", &query).unwrap();
        assert_eq!(set["resourceType"], "ValueSet", "{query}");
        assert_eq!(codes(&set), expected, "{query}");
        assert!(set.get("compose").is_none() && set["expansion"]["timestamp"].is_string(), "{set}");
    }
    let page = desk.get("ValueSet", "expand", &format!("url={GENDER}&count=2&offset=1")).unwrap();
    assert_eq!((&page["expansion"]["total"], &page["expansion"]["offset"]), (&json!(4), &json!(1)));
    assert_eq!(page["url"], GENDER);
}

#[test]
fn what_is_sent_along_expands_too() {
    let desk = desk().with_wards();
    let set = json!({"resourceType": "ValueSet", "status": "draft",
        "compose": {"include": [{"system": WARDS, "concept": [{"code": "icu"}]}]}});
    let parameters = json!([{"name": "valueSet", "resource": set}, {"name": "includeDesignations", "valueBoolean": true},
        {"name": "includeDefinition", "valueBoolean": true}]);
    let expanded = desk.post("ValueSet", "expand", parameters).unwrap();
    let entry = &expanded["expansion"]["contains"][0];
    assert_eq!(
        (&entry["display"], &entry["designation"][0]["language"]),
        (&json!("Intensive care"), &json!("de"))
    );
    assert_eq!(expanded["compose"], set["compose"]);
    let bare = desk.operate("ValueSet", "expand", "", Some(&set.to_string())).unwrap();
    assert_eq!(codes(&bare), ["icu"]);
}

#[test]
fn an_expansion_says_what_it_lacks() {
    let desk = desk();
    let open = json!({"resourceType": "ValueSet", "status": "draft", "compose": {"include": [
        {"system": "http://hl7.org/fhir/sid/cvx", "concept": [{"code": "03"}]}, {"system": "http://nowhere.example"}]}});
    let expanded = desk.post("ValueSet", "expand", json!([{"name": "valueSet", "resource": open}])).unwrap();
    assert_eq!(codes(&expanded), ["03"]);
    assert_eq!(expanded["expansion"]["contains"][0]["display"], "MMR");
    assert_eq!(expanded["expansion"]["extension"][0]["valueBoolean"], true);
    assert!(expanded["expansion"]["parameter"].to_string().contains("http://nowhere.example"), "{expanded}");
}

#[test]
fn codes_are_looked_up() {
    let desk = desk().with_wards();
    let found = desk.get("CodeSystem", "lookup", &format!("system={WARDS}&code=icu")).unwrap();
    assert_eq!((value(&found, "name"), value(&found, "version")), (&json!("Wards"), &json!("2")));
    assert_eq!(value(&found, "display"), "Intensive care");
    assert_eq!(value(value(&found, "designation"), "value"), "Intensivstation");
    let property = value(&found, "property");
    assert_eq!(
        (value(property, "code"), value(property, "value")),
        (&json!("definition"), &json!("Where the sickest lie"))
    );
    let asked = format!("system={WARDS}&code=icu&property=parent");
    let found = desk.get("CodeSystem", "lookup", &asked).unwrap();
    let property = value(&found, "property");
    assert_eq!((value(property, "code"), value(property, "value")), (&json!("parent"), &json!("surgery")));
    assert_eq!(value(&found, "designation"), &Value::Null);
    for (system, code, display) in [
        ("http://loinc.org", "2951-2", "Sodium [Moles/volume] in Serum or Plasma"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "I10", "Essential (primary) hypertension"),
        ("http://terminology.hl7.org/CodeSystem/v2-0001", "F", "Female"),
    ] {
        let coding = json!([{"name": "coding", "valueCoding": {"system": system, "code": code}}]);
        let found = desk.post("CodeSystem", "lookup", coding).unwrap();
        assert_eq!(value(&found, "display"), display);
    }
}

#[test]
fn codes_are_judged_in_sets_and_systems() {
    let desk = desk().with_wards();
    let gender = "http://hl7.org/fhir/administrative-gender";
    let cases = [
        ("ValueSet", format!("url={GENDER}&system={gender}&code=female"), true, ""),
        ("ValueSet", format!("url={GENDER}&system={gender}&code=f"), false, "is not in the value set"),
        ("ValueSet", format!("url={GENDER}&system={gender}&code=female&display=Male"), false, "\"Female\""),
        ("ValueSet/wards", format!("system={WARDS}&code=icu"), true, ""),
        ("ValueSet/wards", format!("system={WARDS}&code=medicine"), false, "is not in"),
        ("CodeSystem", format!("url={WARDS}&code=medicine"), true, ""),
        ("CodeSystem", format!("url={WARDS}&version=2&code=cellar"), false, "has no code"),
        ("CodeSystem/wards", "code=icu&display=intensive care".to_owned(), true, ""),
    ];
    for (at, query, result, told) in cases {
        let judged = desk.get(at, "validate-code", &query).unwrap();
        assert_eq!(value(&judged, "result"), result, "{query}: {judged}");
        assert!(value(&judged, "message").as_str().unwrap_or_default().contains(told), "{query}: {judged}");
    }
    let concept = |codings: Value| json!([{"name": "url", "valueUri": GENDER}, {"name": "codeableConcept", "valueCodeableConcept": {"coding": codings}}]);
    let both = json!([{"system": WARDS, "code": "icu"}, {"system": gender, "code": "male"}]);
    assert_eq!(value(&desk.post("ValueSet", "validate-code", concept(both)).unwrap(), "result"), true);
    let none = json!([{"system": WARDS, "code": "icu"}]);
    assert_eq!(value(&desk.post("ValueSet", "validate-code", concept(none)).unwrap(), "result"), false);
    let coding = json!([{"name": "coding", "valueCoding": {"system": gender, "code": "male"}}]);
    assert_eq!(value(&desk.post("CodeSystem", "validate-code", coding).unwrap(), "display"), "Male");
}

#[test]
fn codes_are_translated() {
    let desk = desk().with_wards();
    let lab = "https://practicum.example/lab-test";
    let cases = [
        ("ConceptMap", format!("system={lab}&code=NA&targetsystem=http://loinc.org"), Some("2951-2")),
        ("ConceptMap", "system=http://loinc.org&code=2951-2&reverse=true".to_owned(), Some("NA")),
        (
            "ConceptMap",
            format!(
                "url=http://hl7.org/fhir/ConceptMap/cm-administrative-gender-v2&source={GENDER}&system=http://hl7.org/fhir/administrative-gender&code=female"
            ),
            Some("F"),
        ),
        ("ConceptMap/wards", format!("system={WARDS}&code=icu"), Some("17")),
        ("ConceptMap", format!("system={WARDS}&code=icu"), Some("17")),
        ("ConceptMap", format!("system={WARDS}&code=surgery"), None),
    ];
    for (at, query, expected) in cases {
        let found = desk.get(at, "translate", &query).unwrap();
        assert_eq!(value(&found, "result"), expected.is_some(), "{query}: {found}");
        let concept = value(value(&found, "match"), "concept");
        assert_eq!(concept["code"].as_str(), expected, "{query}: {found}");
    }
    let unmatched =
        desk.get("ConceptMap/wards", "translate", &format!("system={WARDS}&code=medicine")).unwrap();
    assert_eq!(value(&unmatched, "result"), false);
    assert_eq!(value(value(&unmatched, "match"), "equivalence"), "unmatched");
    assert_eq!(value(value(&unmatched, "match"), "source"), "http://x.example/map");
}

#[test]
fn codes_are_compared() {
    let desk = desk().with_wards();
    let cases = [
        ("CodeSystem", format!("system={WARDS}&codeA=surgery&codeB=icu"), "subsumes"),
        ("CodeSystem/wards", "codeA=icu&codeB=surgery".to_owned(), "subsumed-by"),
        ("CodeSystem/wards", "codeA=icu&codeB=medicine".to_owned(), "not-subsumed"),
        (
            "CodeSystem",
            "system=http://terminology.hl7.org/CodeSystem/v3-ActCode&codeA=AMB&codeB=AMB".to_owned(),
            "equivalent",
        ),
    ];
    for (at, query, outcome) in cases {
        let found = desk.get(at, "subsumes", &query).unwrap();
        assert_eq!(value(&found, "outcome"), outcome, "{query}");
    }
    let codings = json!([{"name": "codingA", "valueCoding": {"system": WARDS, "code": "surgery"}},
        {"name": "codingB", "valueCoding": {"system": WARDS, "code": "icu"}}]);
    assert_eq!(value(&desk.post("CodeSystem", "subsumes", codings).unwrap(), "outcome"), "subsumes");
}

#[test]
fn what_is_stored_counts_from_its_newest_version_on() {
    let desk = desk();
    let set = |code: &str| {
        json!({"resourceType": "ValueSet", "id": "own", "url": GENDER, "status": "active",
        "compose": {"include": [{"system": "http://y.example", "concept": [{"code": code}]}]}})
    };
    let listed = || codes(&desk.get("ValueSet", "expand", &format!("url={GENDER}")).unwrap()).join(" ");
    assert_eq!(listed(), "male female other unknown");
    desk.update("ValueSet", "own", &set("first")).unwrap();
    assert_eq!(listed(), "first");
    desk.update("ValueSet", "own", &set("second")).unwrap();
    assert_eq!(listed(), "second");
    desk.delete("ValueSet", "own").unwrap();
    assert_eq!(listed(), "male female other unknown");
}

#[test]
fn questions_without_an_answer_are_refused_with_the_reason() {
    use Refusal::{Malformed, NotFound, Unprocessable};
    let desk = desk().with_wards();
    let gender = "http://hl7.org/fhir/administrative-gender";
    let cases = [
        ("ValueSet", "expand", "".to_owned(), Malformed, "give its 'url'"),
        (
            "ValueSet",
            "expand",
            "url=http://x.example/none".to_owned(),
            NotFound,
            "http://x.example/none is not known",
        ),
        ("ValueSet", "expand", format!("url={GENDER}|9"), NotFound, "version 4.0.1, not in 9"),
        (
            "ValueSet",
            "expand",
            format!("url={GENDER}&count=few"),
            Malformed,
            "'count' must be a whole number",
        ),
        ("ValueSet", "expand", format!("url={GENDER}&context=x"), Malformed, "'context' is not supported"),
        ("ValueSet", "expand", format!("url={GENDER}&fliter=x"), Malformed, "'fliter' is not supported"),
        ("ValueSet/wards", "expand", format!("url={GENDER}"), Malformed, "leave one out"),
        ("ValueSet/never", "expand", "".to_owned(), NotFound, "does not exist"),
        (
            "ValueSet",
            "expand",
            "url=http://hl7.org/fhir/ValueSet/c80-doc-typecodes".to_owned(),
            Unprocessable,
            "ask for a page",
        ),
        (
            "ValueSet",
            "expand",
            "url=http://hl7.org/fhir/ValueSet/body-site".to_owned(),
            Unprocessable,
            "no code of the value set can be listed",
        ),
        ("ValueSet", "validate-code", format!("url={GENDER}&code=female"), Malformed, "give 'system'"),
        ("ValueSet", "validate-code", format!("url={GENDER}&system={gender}"), Malformed, "no code is given"),
        (
            "ValueSet",
            "validate-code",
            "url=http://hl7.org/fhir/ValueSet/observation-codes&system=http://loinc.org&code=99999-9"
                .to_owned(),
            Unprocessable,
            "cannot be decided",
        ),
        ("CodeSystem", "validate-code", "code=x".to_owned(), Malformed, "no code system is named"),
        (
            "CodeSystem",
            "validate-code",
            "url=http://loinc.org&code=99999-9".to_owned(),
            Unprocessable,
            "only a part",
        ),
        ("CodeSystem", "lookup", format!("system={gender}&code=f"), NotFound, "has no code `f`"),
        ("CodeSystem", "lookup", "code=f".to_owned(), Malformed, "give 'system'"),
        ("CodeSystem/wards", "lookup", "code=icu".to_owned(), NotFound, "not offered"),
        ("CodeSystem", "subsumes", format!("system={WARDS}&codeA=icu"), Malformed, "'codeB'"),
        ("CodeSystem", "subsumes", format!("system={WARDS}&codeA=icu&codeB=x"), NotFound, "has no code `x`"),
        (
            "ConceptMap",
            "translate",
            "url=http://x.example/none&system=http://x.example&code=x".to_owned(),
            NotFound,
            "not known",
        ),
        ("ConceptMap", "translate", "code=x".to_owned(), Malformed, "give 'system'"),
        ("ConceptMap", "expand", "".to_owned(), NotFound, "not offered"),
    ];
    for (at, name, query, refusal, told) in cases {
        let result = desk.get(at, name, &query);
        let error = result.as_ref().expect_err(&query).to_string();
        assert_eq!(refused(result), refusal, "{query}: {error}");
        assert!(error.contains(told), "{query}: {error}");
    }
    let twice = json!([{"name": "url", "valueUri": GENDER}, {"name": "valueSet", "resource": {"resourceType": "Patient"}}]);
    assert_eq!(refused(desk.post("ValueSet", "expand", twice)), Malformed);
    let other = json!([{"name": "valueSet", "resource": {"resourceType": "Patient"}}]);
    assert_eq!(refused(desk.post("ValueSet", "expand", other)), Malformed);
}
