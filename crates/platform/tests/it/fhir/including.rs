//! What is added to a page: along `:iterate`, along every reference, and how far.

use platform::fhir::Refusal;
use serde_json::{Value, json};
use standards::fhir::outcome::IssueCode;

use super::desk::{Desk, desk, entry, ids, refused};

fn to(target: &str) -> Value {
    json!({"reference": target})
}

/// A ward in a house, a visit there of patient `berg`, and a weight taken in it.
fn furnished() -> Desk {
    let desk = desk();
    let made = [
        json!({"resourceType": "Location", "id": "house", "name": "House"}),
        json!({"resourceType": "Location", "id": "ward", "partOf": to("Location/house")}),
        json!({"resourceType": "Location", "id": "bed", "partOf": to("http://hospital.example/s/x/fhir/Location/ward")}),
        json!({"resourceType": "Encounter", "id": "visit", "status": "finished", "class": {"code": "IMP"}, "subject": to("Patient/berg"),
            "location": [{"location": to("Location/bed")}]}),
        json!({"resourceType": "Observation", "id": "w3", "status": "final", "code": {"text": "w"}, "subject": to("Patient/berg"), "encounter": to("Encounter/visit")}),
        json!({"resourceType": "Provenance", "id": "who", "target": [to("Observation/w3")], "recorded": "2026-01-01T00:00:00Z", "agent": [{"who": to("Patient/berg")}]}),
    ];
    let entries: Vec<Value> = made
        .into_iter()
        .map(|made| {
            let url = format!("{}/{}", made["resourceType"].as_str().unwrap(), made["id"].as_str().unwrap());
            entry("PUT", &url, made)
        })
        .collect();
    desk.bundle("transaction", entries).unwrap();
    desk
}

#[test]
fn iterated_includes_go_on_from_what_was_added() {
    let desk = furnished();
    let cases: [(&str, &str, &[&str]); 10] = [
        ("Observation", "_id=w3&_include=Observation:encounter", &["visit"]),
        (
            "Observation",
            "_id=w3&_include=Observation:encounter&_include:iterate=Encounter:location",
            &["bed", "visit"],
        ),
        (
            "Observation",
            "_id=w3&_include=Observation:encounter&_include:iterate=Encounter:location&_include:iterate=Location:partof",
            &["bed", "house", "visit", "ward"],
        ),
        ("Location", "_id=bed&_include=Location:partof", &["ward"]),
        ("Location", "_id=bed&_include:iterate=Location:partof", &["house", "ward"]),
        ("Location", "_id=house&_revinclude:iterate=Location:partof", &["bed", "ward"]),
        (
            "Patient",
            "_id=berg&_revinclude=Observation:subject&_revinclude:iterate=Provenance:target:Observation",
            &["w1", "w3", "who"],
        ),
        ("Observation", "_id=w3&_include=*", &["berg", "visit"]),
        ("Encounter", "_id=visit&_revinclude=*", &["w3"]),
        ("Patient", "_id=berg&_revinclude=*", &["visit", "w1", "w3", "who"]),
    ];
    for (kind, query, expected) in cases {
        let page = desk.search_so(kind, query, true).unwrap();
        let mut added = ids(&page).split_off(1);
        added.sort_unstable();
        assert_eq!(added, expected, "{kind}?{query}");
    }
}

#[test]
fn a_page_that_includes_fill_says_so() {
    let desk = desk();
    let entries: Vec<Value> = (0..2001)
        .map(|at| {
            let body = json!({"resourceType": "Basic", "id": format!("n{at}"), "code": {"text": "n"}, "subject": to("Patient/tal")});
            entry("PUT", &format!("Basic/n{at}"), body)
        })
        .collect();
    for part in entries.chunks(700) {
        desk.bundle("transaction", part.to_vec()).unwrap();
    }
    let page = desk.search("Patient", "_id=tal&_revinclude=Basic:subject").unwrap();
    let entries = page["entry"].as_array().unwrap();
    assert_eq!(entries.len(), 1 + 2000 + 1);
    let said = entries.last().unwrap();
    assert_eq!(said["search"]["mode"], "outcome");
    let issue = &said["resource"]["issue"][0];
    assert_eq!((issue["severity"].as_str(), issue["code"].as_str()), (Some("warning"), Some("incomplete")));
}

#[test]
fn what_would_explode_is_refused() {
    let desk = desk();
    let many = vec!["name=x"; 501].join("&");
    let deep = format!("{}name=x", "link:Patient.".repeat(7));
    let values = format!("_has:Observation:patient:code={}", vec!["a"; 4001].join(","));
    let linked = vec!["_has:Observation:patient:code=a"; 161].join("&");
    for query in ["_include:iterate=*", &many, &deep, &values, &linked] {
        let result = desk.search("Patient", query);
        let code = result.as_ref().map(|_| ()).map_err(|error| error.issues[0].code);
        assert_eq!(code, Err(IssueCode::TooCostly), "{query:.60}");
        assert_eq!(refused(result), Refusal::Malformed);
    }
}

#[test]
fn a_bundle_asks_compartments_and_everything() {
    let desk = furnished();
    let asked: Vec<Value> = [
        "Patient/berg/Observation?status=final",
        "Patient/berg/*?_count=0",
        "Patient/none/*",
        "?_type=Location&_count=2",
    ]
    .iter()
    .map(|url| entry("GET", url, Value::Null))
    .collect();
    let answer = desk.bundle("batch", asked).unwrap();
    let totals: Vec<&Value> =
        answer["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]["total"]).collect();
    assert_eq!(totals, [&json!(2), &json!(4), &Value::Null, &json!(3)]);
    let last = &answer["entry"][3]["resource"];
    assert!(
        super::desk::link(last, "next")
            .unwrap()
            .starts_with("http://hospital.example/s/x/fhir/?_type=Location&")
    );
}
