//! What shapes a search's answer: pages, totals, includes, summaries, strictness.

use platform::fhir::Refusal;
use serde_json::{Value, json};

use super::desk::{BASE, desk, ids, link, patient, refused};

#[test]
fn pages_are_walked_by_their_links_while_others_write() {
    let desk = desk();
    let mut expected = vec!["berg".to_owned(), "tal".to_owned()];
    for name in ["Ä b", "c&d=e", "f+g", "%41"] {
        expected.push(desk.create("Patient", patient(name).to_string()).unwrap().id);
    }
    for query in ["_count=2", "name:missing=false&_count=1&_sort=_lastUpdated", "_count=5"] {
        let mut page = desk.search("Patient", query).unwrap();
        let mut seen: Vec<String> = Vec::new();
        loop {
            assert!(link(&page, "self").unwrap().starts_with(&format!("{BASE}/Patient?")), "{page}");
            seen.extend(ids(&page).into_iter().map(str::to_owned));
            let Some(next) = link(&page, "next").map(str::to_owned) else { break };
            desk.update(
                "Patient",
                "tal",
                &json!({"resourceType": "Patient", "id": "tal", "name": [{"family": "Tal"}]}),
            )
            .unwrap();
            page = desk.follow("Patient", &next);
        }
        seen.dedup();
        assert_eq!(
            seen.iter().filter(|id| *id != "tal").collect::<Vec<_>>(),
            expected.iter().filter(|id| *id != "tal").collect::<Vec<_>>(),
            "{query}"
        );
    }
}

#[test]
fn a_self_link_asks_the_same_again() {
    let desk = desk();
    desk.create("Patient", patient("a&b=c+d é|$").to_string()).unwrap();
    for query in [
        "family:exact=a%26b%3Dc%2Bd+%C3%A9%5C%7C%5C%24",
        "_sort=-birthdate,_id&_count=1",
        "_id=berg,tal&_elements=name",
    ] {
        let page = desk.search("Patient", query).unwrap();
        assert!(!ids(&page).is_empty(), "{query}");
        let again = desk.follow("Patient", link(&page, "self").unwrap());
        assert_eq!(again, page, "{query}");
    }
}

#[test]
fn totals_are_as_exact_as_asked() {
    let desk = desk();
    let cases = [
        ("", Some(2)),
        ("_total=accurate&_count=1", Some(2)),
        ("_total=estimate&_count=1", Some(2)),
        ("_total=none&_count=1", None),
        ("_count=0", Some(2)),
        ("_summary=count&family=tal", Some(1)),
        ("family=nobody", Some(0)),
    ];
    for (query, total) in cases {
        let page = desk.search("Patient", query).unwrap();
        assert_eq!(page["total"].as_u64(), total, "{query}");
        let empty = query.contains("_count=0") || query.contains("=count") || total == Some(0);
        assert_eq!(page.get("entry").is_none(), empty, "{query}: {page}");
        assert_eq!(link(&page, "next").is_some(), query.contains("_count=1"), "{query}");
    }
}

#[test]
fn sorting_follows_every_key() {
    let desk = desk();
    let younger = json!({"resourceType": "Patient", "name": [{"family": "Tal"}], "birthDate": "1999"});
    let third = desk.create("Patient", younger.to_string()).unwrap().id;
    let cases = [
        ("birthdate", ["berg", "tal", &third]),
        ("-birthdate", [&third, "tal", "berg"]),
        ("family,-birthdate", ["berg", &third, "tal"]),
        ("-family,birthdate", ["tal", &third, "berg"]),
        ("-_lastUpdated,_id", [&third, "berg", "tal"]),
    ];
    for (sort, expected) in cases {
        for count in [1, 2, 50] {
            let mut page = desk.search("Patient", &format!("_sort={sort}&_count={count}")).unwrap();
            let mut found: Vec<String> = ids(&page).into_iter().map(str::to_owned).collect();
            while let Some(next) = link(&page, "next").map(str::to_owned) {
                page = desk.follow("Patient", &next);
                found.extend(ids(&page).into_iter().map(str::to_owned));
            }
            assert_eq!(found, expected, "_sort={sort}, {count} a page");
        }
    }
}

#[test]
fn includes_follow_references_both_ways_once() {
    let desk = desk();
    let modes = |page: &Value| -> Vec<String> {
        let entries = page["entry"].as_array().unwrap();
        entries
            .iter()
            .map(|entry| {
                format!(
                    "{} {}",
                    entry["resource"]["id"].as_str().unwrap(),
                    entry["search"]["mode"].as_str().unwrap()
                )
            })
            .collect()
    };
    let check = |kind: &str, query: &str, expected: &[&str]| {
        assert_eq!(modes(&desk.search(kind, query).unwrap()), expected, "{kind}?{query}");
    };
    check(
        "Observation",
        "_include=Observation:subject",
        &["w1 match", "w2 match", "berg include", "tal include"],
    );
    check(
        "Observation",
        "_id=w1&_include=Observation:subject:Patient&_include=Observation:patient",
        &["w1 match", "berg include"],
    );
    check("Observation", "_id=w1&_include=Observation:*", &["w1 match", "berg include"]);
    check("Observation", "_id=w1&_include=Observation:subject:Group", &["w1 match"]);
    check("Patient", "_id=tal&_revinclude=Observation:subject", &["tal match", "w2 include"]);
    check("Patient", "_revinclude=Observation:patient&_count=1", &["berg match", "w1 include"]);
    desk.delete("Patient", "berg").unwrap();
    check("Observation", "_id=w1&_include=Observation:subject", &["w1 match"]);
    desk.delete("Observation", "w2").unwrap();
    check("Patient", "_revinclude=Observation:subject", &["tal match"]);
}

#[test]
fn a_full_page_can_be_included_backwards() {
    let desk = desk();
    let patients: Vec<Value> = (0..600)
        .map(|at| {
            super::desk::entry(
                "PUT",
                &format!("Patient/n{at}"),
                json!({"resourceType": "Patient", "id": format!("n{at}")}),
            )
        })
        .collect();
    desk.bundle("transaction", patients).unwrap();
    let page = desk.search("Patient", "_count=1000&_revinclude=Observation:subject").unwrap();
    assert_eq!(ids(&page).len(), 604);
}

#[test]
fn subsets_keep_what_must_be_there_and_say_so() {
    let desk = desk();
    let body = r#"{"resourceType":"Observation","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"},"status":"final","code":{"text":"c"},"valueQuantity":{"value":1.50},"note":[{"text":"n"}],"_issued":{"extension":[{"url":"http://x.example","valueBoolean":true}]}}"#;
    let id = desk.create("Observation", body).unwrap().id;
    let cases: [(&str, &[&str]); 8] = [
        ("_summary=true", &["status", "code", "valueQuantity", "_issued"]),
        ("_summary=text", &["text", "status", "code"]),
        ("_summary=data", &["status", "code", "valueQuantity", "note", "_issued"]),
        ("_summary=false", &["text", "status", "code", "valueQuantity", "note", "_issued"]),
        ("_elements=note", &["status", "code", "note"]),
        ("_elements=issued,nothing", &["status", "code", "_issued"]),
        ("_elements=value", &["status", "code", "valueQuantity"]),
        ("_elements=valueQuantity", &["status", "code", "valueQuantity"]),
    ];
    for (query, expected) in cases {
        let page = desk.search("Observation", &format!("_id={id}&{query}")).unwrap();
        let resource = page["entry"][0]["resource"].as_object().unwrap();
        let always = ["resourceType", "id", "meta"];
        let names: Vec<&str> =
            resource.keys().map(String::as_str).filter(|name| !always.contains(name)).collect();
        assert_eq!(names, expected, "{query}");
        assert!(always.iter().all(|name| resource.contains_key(*name)), "{query}");
        let tagged = resource["meta"]["tag"][0]["code"] == "SUBSETTED";
        assert_eq!(tagged, query != "_summary=false", "{query}");
    }
    let inactive = json!({"resourceType": "Patient", "active": false, "name": [{"family": "Moor"}]});
    let id = desk.create("Patient", inactive.to_string()).unwrap().id;
    let page = desk.search("Patient", &format!("_id={id}&_elements=name")).unwrap();
    assert_eq!(page["entry"][0]["resource"]["active"], false, "a modifier is never left out");
    let parameters = platform::fhir::pairs_of("_summary=data");
    let asked =
        platform::fhir::Interaction::Search { kind: "Observation", parameters: &parameters, strict: true };
    let platform::fhir::Answer::Made(bytes) = desk.ask(&asked).unwrap() else { panic!() };
    assert!(
        String::from_utf8(bytes).unwrap().contains(r#""valueQuantity":{"value":1.50}"#),
        "digits are kept"
    );
}

#[test]
fn what_is_not_understood_is_said_or_refused() {
    let desk = desk();
    let page = desk.search("Patient", "family=berg&nonsense=1&shoe-size:exact=42").unwrap();
    assert_eq!((page["total"].as_u64(), ids(&page)), (Some(1), vec!["berg"]));
    let outcome = &page["entry"][1];
    assert_eq!(
        (outcome["search"]["mode"].as_str(), outcome["resource"]["resourceType"].as_str()),
        (Some("outcome"), Some("OperationOutcome"))
    );
    assert_eq!(outcome["resource"]["issue"].as_array().unwrap().len(), 2);
    assert!(!link(&page, "self").unwrap().contains("nonsense"), "the self link says what was used");
    assert_eq!(refused(desk.search_so("Patient", "family=berg&nonsense=1", true)), Refusal::Malformed);
    desk.search_so("Patient", "family=berg&_format=json&_pretty=true", true).expect("these are understood");
}

#[test]
fn a_malformed_search_is_always_refused() {
    let desk = desk();
    let many = format!("_id={}", vec!["a"; 5000].join(","));
    let queries = [
        "birthdate=yesterday",
        "birthdate=2024-13",
        "birthdate=gt",
        "_lastUpdated=x",
        "_count=-1",
        "_count=x",
        "_count=1&_count=2",
        "_summary=all",
        "_total=about",
        "_include=Patient",
        "_include=Patient:a:b:c",
        "active=a|b|c",
        "family:fuzzy=x",
        "_id=a_b",
        "_has:Observation:patient=1",
        "name.family=x",
        "_filter=name eq",
        "_cursor=garbage",
        "family=a,,b",
        "_text=x",
        "gender:missing=perhaps",
        &many,
    ];
    for query in queries {
        for strict in [false, true] {
            assert_eq!(refused(desk.search_so("Patient", query, strict)), Refusal::Malformed, "{query}");
        }
    }
}

#[test]
fn codes_are_found_by_value_set_hierarchy_and_text() {
    let desk = desk();
    let act = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    let visit = json!({"resourceType": "Encounter", "status": "finished", "class": {"system": act, "code": "ACUTE", "display": "Inpatient acute"}});
    let id = desk.create("Encounter", visit.to_string()).unwrap().id;
    for (query, expected) in [
        (format!("class:below={act}|IMP"), true),
        (format!("class:below={act}|AMB"), false),
        (format!("class:above={act}|ACUTE"), true),
        ("status:in=http://hl7.org/fhir/ValueSet/encounter-status".to_owned(), true),
        ("status:not-in=http://hl7.org/fhir/ValueSet/encounter-status".to_owned(), false),
        ("class:text=inpatient".to_owned(), true),
        (
            format!("_filter=class sb {act}|IMP and status in http://hl7.org/fhir/ValueSet/encounter-status"),
            true,
        ),
    ] {
        let page = desk.search_so("Encounter", &query, true).unwrap();
        assert_eq!(ids(&page), if expected { vec![id.as_str()] } else { vec![] }, "{query}");
    }
    for query in ["class:in=http://nowhere.example/vs", "class:below=ACUTE"] {
        assert_eq!(refused(desk.search("Encounter", query)), Refusal::Malformed, "{query}");
    }
}
