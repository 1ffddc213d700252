//! Operations on records: everything about somebody, the last observations, and who may be whom.

use platform::fhir::{Answer, FhirError, Interaction, Place, Refusal, pairs_of};
use serde_json::{Value, json};
use standards::fhir::instant;

use super::desk::{BASE, Desk, NOW_US, desk, ids, link, refused};

fn operate(
    desk: &Desk,
    name: &str,
    place: Place<'_>,
    query: &str,
    body: Option<&Value>,
) -> Result<Value, FhirError> {
    let body = body.map(|body| body.to_string().into_bytes());
    let query = pairs_of(query);
    let asked = Interaction::Operation { name, place, query: &query, body: body.as_deref() };
    let Answer::Made(bytes) = desk.ask(&asked)? else { panic!("{name} makes its answer") };
    Ok(serde_json::from_slice(&bytes).unwrap())
}

fn put(desk: &Desk, resource: &Value) {
    desk.update(resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap(), resource)
        .unwrap();
}

/// Two encounters of Berg, what happened in them, who saw to it, and something of Tal's.
fn furnish(desk: &Desk) {
    let reference = |target: &str| json!({"reference": target});
    for (id, date, of) in
        [("e1", "2026-01-10", "berg"), ("e2", "2026-03-20", "berg"), ("e3", "2026-03-21", "tal")]
    {
        put(
            desk,
            &json!({"resourceType": "Encounter", "id": id, "status": "finished", "class": {"code": "AMB"},
            "subject": reference(&format!("Patient/{of}")), "period": {"start": date, "end": date},
            "participant": [{"individual": reference("Practitioner/doc")}]}),
        );
        put(
            desk,
            &json!({"resourceType": "Condition", "id": format!("c-{id}"), "subject": reference(&format!("Patient/{of}")),
            "encounter": reference(&format!("Encounter/{id}")), "onsetDateTime": date}),
        );
    }
    put(desk, &json!({"resourceType": "Practitioner", "id": "doc", "name": [{"family": "Doc"}]}));
    put(desk, &json!({"resourceType": "Organization", "id": "unrelated", "name": "Unrelated"}));
}

fn sorted(bundle: &Value) -> Vec<&str> {
    let mut ids = ids(bundle);
    ids.sort_unstable();
    ids
}

#[test]
fn everything_is_the_compartment_and_what_it_refers_to() {
    let desk = desk();
    furnish(&desk);
    let of_berg =
        |query: &str| operate(&desk, "everything", Place::Instance("Patient", "berg"), query, None).unwrap();
    let all = of_berg("");
    assert_eq!((all["type"].as_str(), all["total"].as_u64()), (Some("searchset"), Some(6)));
    assert_eq!(sorted(&all), ["berg", "c-e1", "c-e2", "doc", "e1", "e2", "w1"]);
    let modes = all["entry"].as_array().unwrap().iter().filter(|entry| entry["search"]["mode"] == "include");
    assert_eq!(
        modes.map(|entry| entry["fullUrl"].as_str().unwrap()).collect::<Vec<_>>(),
        [format!("{BASE}/Practitioner/doc")]
    );
    assert_eq!(desk.last().event.subject.as_deref(), Some("Patient/berg"));
    for (query, expected) in [
        ("_type=Condition", &["c-e1", "c-e2"][..]),
        ("_type=Encounter,Practitioner", &["doc", "e1", "e2"]),
        ("_type=Encounter,Condition&start=2026-02-01", &["c-e2", "e2"]),
        ("_type=Encounter,Condition&end=2026-02-01", &["c-e1", "e1"]),
        ("_type=Encounter&start=2026-01-01&end=2026-12-31", &["e1", "e2"]),
        ("_type=Patient&start=2026-02-01", &["berg"]),
    ] {
        assert_eq!(sorted(&of_berg(query)), expected, "{query}");
    }
    let since = instant::format(NOW_US + 1_000_000);
    assert_eq!(sorted(&of_berg(&format!("_since={since}"))), ["c-e1", "c-e2", "doc", "e1", "e2"]);
    let encounter = operate(&desk, "everything", Place::Instance("Encounter", "e2"), "", None).unwrap();
    assert_eq!(sorted(&encounter), ["berg", "c-e2", "doc", "e2"]);
}

#[test]
fn everything_of_everybody_holds_no_more_than_that() {
    let desk = desk();
    furnish(&desk);
    let of_all = |query: &str| operate(&desk, "everything", Place::Type("Patient"), query, None).unwrap();
    let all = of_all("_count=1000");
    let found = sorted(&all);
    for wanted in ["berg", "tal", "e1", "c-e2", "doc", "w1"] {
        assert!(found.contains(&wanted), "{wanted}: {found:?}");
    }
    assert!(!found.contains(&"unrelated"));
    assert_eq!(sorted(&of_all("_type=Condition&start=2026-02-01")), ["c-e2", "c-e3"]);
    let page = of_all("_count=1&_type=Encounter");
    let next = link(&page, "next").unwrap();
    assert!(next.starts_with(&format!("{BASE}/Patient/$everything?")), "{next}");
    let rest = of_all(next.split_once('?').unwrap().1);
    assert_eq!(rest["entry"].as_array().unwrap().len(), 1);
    assert_ne!(ids(&page), ids(&rest));
}

#[test]
fn an_expression_asks_whether_a_profile_is_kept() {
    const PROFILE: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient";
    let desk = desk();
    let whole = json!({"resourceType": "Patient", "id": "whole", "gender": "female",
        "identifier": [{"system": "http://a.test", "value": "1"}], "name": [{"family": "Moor"}]});
    put(&desk, &whole);
    let mut claims = json!({"resourceType": "Patient", "id": "claims"});
    claims["meta"]["profile"] = json!([PROFILE]);
    put(&desk, &claims);
    let asked = |id: &str, profile: &str| {
        let query = format!("expression=conformsTo('{profile}')");
        operate(&desk, "fhirpath", Place::Instance("Patient", id), &query, None)
    };
    let said = |id: &str| {
        let told = asked(id, PROFILE).unwrap();
        told["parameter"][1]["part"][0]["valueBoolean"].clone()
    };
    assert_eq!((said("whole"), said("claims")), (json!(true), json!(false)));
    assert!(asked("whole", "http://a.test/unheard-of").is_err());
}

#[test]
fn meta_is_told_without_the_rest() {
    let desk = desk();
    let tagged = json!({"resourceType": "Patient", "id": "tagged", "active": true,
        "meta": {"tag": [{"code": "test"}], "security": [{"code": "R"}]}});
    put(&desk, &tagged);
    let told = operate(&desk, "meta", Place::Instance("Patient", "tagged"), "", None).unwrap();
    let [only] = told["parameter"].as_array().unwrap().as_slice() else { panic!("{told}") };
    assert_eq!((&only["name"], &only["valueMeta"]["tag"][0]["code"]), (&json!("return"), &json!("test")));
    assert_eq!(only["valueMeta"]["versionId"], "1");
    assert!(operate(&desk, "meta", Place::Instance("Patient", "nobody"), "", None).is_err());
    assert!(operate(&desk, "meta", Place::Type("Patient"), "", None).is_err());
}

#[test]
fn everything_comes_in_pages_that_fit_together() {
    let desk = desk();
    furnish(&desk);
    let mut query = "_count=2&_type=Patient,Encounter,Condition".to_owned();
    let mut found = Vec::new();
    for turn in 0.. {
        let page = operate(&desk, "everything", Place::Instance("Patient", "berg"), &query, None).unwrap();
        let matches =
            page["entry"].as_array().unwrap().iter().filter(|entry| entry["search"]["mode"] == "match");
        found.extend(matches.map(|entry| entry["resource"]["id"].as_str().unwrap().to_owned()));
        assert_eq!(page["total"], 5);
        let Some(next) = link(&page, "next") else {
            assert_eq!(turn, 2);
            break;
        };
        assert!(next.starts_with(&format!("{BASE}/Patient/berg/$everything?")), "{next}");
        query = next.split_once('?').unwrap().1.to_owned();
    }
    found.sort();
    assert_eq!(found, ["berg", "c-e1", "c-e2", "e1", "e2"]);
}

#[test]
fn everything_is_refused_where_it_makes_no_sense() {
    let desk = desk();
    let at = |place, query| refused(operate(&desk, "everything", place, query, None));
    let berg = Place::Instance("Patient", "berg");
    for query in [
        "_type=Nonsense",
        "_count=x",
        "_cursor=garbage",
        "start=yesterday&_type=Encounter",
        "_since=x",
        "nonsense=1",
    ] {
        assert_eq!(at(berg, query), Refusal::Malformed, "{query}");
    }
    assert_eq!(at(Place::Instance("Patient", "never"), ""), Refusal::NotFound);
    assert_eq!(at(Place::Instance("Observation", "w1"), ""), Refusal::NotFound);
    desk.delete("Patient", "berg").unwrap();
    assert_eq!(at(berg, ""), Refusal::Gone);
}

fn observe(desk: &Desk, id: &str, code: &Value, date: &str) {
    put(
        desk,
        &json!({"resourceType": "Observation", "id": id, "status": "final", "code": code, "effectiveDateTime": date,
        "category": [{"coding": [{"code": if id.starts_with('p') { "vital-signs" } else { "laboratory" }}]}],
        "subject": {"reference": "Patient/berg"}, "valueString": id}),
    );
}

#[test]
fn the_last_observations_are_told_for_each_code() {
    let desk = desk();
    let coded = |codes: &[&str]| json!({"coding": codes.iter().map(|code| json!({"system": "http://loinc.org", "code": code})).collect::<Vec<_>>()});
    for (id, code, date) in [
        ("p1", coded(&["8867-4"]), "2026-01-01"),
        ("p2", coded(&["8867-4"]), "2026-01-03"),
        // The same as the pulse, by its second coding.
        ("p3", coded(&["other", "8867-4"]), "2026-01-02"),
        ("l1", coded(&["2345-7"]), "2026-02-01"),
        ("l2", json!({"text": "by eye"}), "2026-02-02"),
        ("l3", json!({"text": "by eye"}), "2026-02-01"),
    ] {
        observe(&desk, id, &code, date);
    }
    let lastn = |query: &str| operate(&desk, "lastn", Place::Type("Observation"), query, None).unwrap();
    for (query, expected) in [
        ("patient=berg", &["l2", "l1", "p2", "w1"][..]),
        ("subject=Patient/berg&max=2", &["l2", "l3", "l1", "p2", "p3", "w1"]),
        ("patient=Patient/berg&category=vital-signs&max=10", &["p2", "p3", "p1"]),
        ("patient=berg&code=http://loinc.org|2345-7", &["l1"]),
        ("patient=berg&date=lt2026-01-03", &["p3"]),
        ("patient=tal", &["w2"]),
        ("patient=nobody", &[]),
    ] {
        let found = lastn(query);
        assert_eq!(
            (ids(&found), found["total"].as_u64()),
            (expected.to_vec(), Some(expected.len() as u64)),
            "{query}"
        );
    }
    lastn("patient=berg");
    assert_eq!(desk.last().event.subject.as_deref(), Some("Patient/berg"));
    let parameters = json!({"resourceType": "Parameters", "parameter": [
        {"name": "patient", "valueString": "berg"}, {"name": "max", "valuePositiveInt": 3}, {"name": "category", "valueString": "vital-signs"}]});
    let sent = operate(&desk, "lastn", Place::Type("Observation"), "", Some(&parameters)).unwrap();
    assert_eq!(ids(&sent), ["p2", "p3", "p1"]);
    for query in
        ["", "category=laboratory", "patient=berg&max=x", "patient=berg&nonsense=1", "patient=berg&date=x"]
    {
        let refusal = refused(operate(&desk, "lastn", Place::Type("Observation"), query, None));
        assert_eq!(refusal, Refusal::Malformed, "{query}");
    }
}

/// Id, grade and score of the matches, most likely first.
fn graded(bundle: &Value) -> Vec<(String, String, f64)> {
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of = |entry: &Value| {
        let search = &entry["search"];
        assert_eq!(search["extension"][0]["url"], "http://hl7.org/fhir/StructureDefinition/match-grade");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (
            text(&entry["resource"]["id"]),
            text(&search["extension"][0]["valueCode"]),
            search["score"].as_f64().unwrap(),
        )
    };
    entries.iter().filter(|entry| entry["search"]["mode"] == "match").map(of).collect()
}

#[test]
fn a_person_is_found_in_spite_of_typos() {
    let desk = desk();
    let person = |id: &str, family: &str, given: &str, born: &str, mrn: &str| {
        let mut person = json!({"resourceType": "Patient", "name": [{"family": family, "given": [given]}], "birthDate": born,
            "gender": "female", "telecom": [{"system": "phone", "value": "(555) 010-4711"}],
            "address": [{"line": ["12 Mill Lane"], "postalCode": "12345"}]});
        if !mrn.is_empty() {
            person["identifier"] = json!([{"system": "http://mrn.example", "value": mrn}]);
        }
        if !id.is_empty() {
            person["id"] = id.into();
        }
        person
    };
    put(&desk, &person("anna", "Bergström", "Anna", "1950-04-07", "4711"));
    put(&desk, &person("twin", "Bergström", "Ingrid", "1950-04-07", "4712"));
    let matches = |resource: &Value, more: &[Value]| {
        let mut parameter = vec![json!({"name": "resource", "resource": resource})];
        parameter.extend_from_slice(more);
        let body = json!({"resourceType": "Parameters", "parameter": parameter});
        operate(&desk, "match", Place::Type("Patient"), "", Some(&body)).unwrap()
    };
    let before = desk.digest();
    for (what, resource) in [
        ("as it is", person("", "Bergström", "Anna", "1950-04-07", "4711")),
        ("without accent and with a typo", person("", "Bergstrem", "Anna", "1950-04-07", "")),
        ("month and day exchanged", person("", "BERGSTROM", "Anna", "1950-07-04", "")),
        ("names exchanged", person("", "Anna", "Bergström", "1950-04-07", "")),
    ] {
        let found = graded(&matches(&resource, &[]));
        assert_eq!(found[0].0, "anna", "{what}: {found:?}");
        assert!(
            ["certain", "probable"].contains(&found[0].1.as_str()) && found[0].2 > 0.85,
            "{what}: {found:?}"
        );
        assert!(found.iter().any(|(id, grade, _)| id == "twin" && grade == "possible"), "{what}: {found:?}");
        assert!(found.windows(2).all(|pair| pair[0].2 >= pair[1].2), "{what}: {found:?}");
    }
    let anna = person("", "Bergström", "Anna", "1950-04-07", "4711");
    assert_eq!(graded(&matches(&anna, &[json!({"name": "count", "valueInteger": 1})])).len(), 1);
    let only = [json!({"name": "onlyCertainMatches", "valueBoolean": true})];
    assert_eq!(graded(&matches(&anna, &only)).len(), 1);
    put(&desk, &person("again", "Bergström", "Anna", "1950-04-07", "4713"));
    let doubled = matches(&person("", "Bergström", "Anna", "1950-04-07", ""), &only);
    assert!(graded(&doubled).is_empty(), "of two who are alike none is certain");
    assert_eq!(doubled["entry"][0]["search"]["mode"], "outcome");
    let stranger = json!({"resourceType": "Patient", "name": [{"family": "Xu", "given": ["Li"]}], "birthDate": "2001-01-01"});
    assert_eq!(matches(&stranger, &[])["total"], 0);
    assert_eq!(matches(&json!({"resourceType": "Patient"}), &[])["total"], 0);
    desk.delete("Patient", "again").unwrap();
    assert_ne!(desk.digest(), before);
    let direct = operate(&desk, "match", Place::Type("Patient"), "", Some(&anna)).unwrap();
    assert_eq!(graded(&direct)[0].0, "anna", "the resource alone stands for the parameter");
    for body in [None, Some(json!({"resourceType": "Group"})), Some(json!({"resourceType": "Parameters"}))] {
        let refusal = refused(operate(&desk, "match", Place::Type("Patient"), "", body.as_ref()));
        assert_eq!(refusal, Refusal::Malformed, "{body:?}");
    }
}
