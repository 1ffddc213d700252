//! Searches over HTTP: by address, by form, by both, and along the links of their pages.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::client::{Client, client};

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

async fn patients(client: &Client, families: &[&str]) {
    for family in families {
        let body =
            json!({"resourceType": "Patient", "name": [{"family": family}], "active": true}).to_string();
        assert_eq!(client.ask("POST", "/Patient", &[], &body).await.status, StatusCode::CREATED);
    }
}

fn families(page: &Value) -> Vec<String> {
    let entries = page["entry"].as_array().cloned().unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| entry["resource"]["name"][0]["family"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn a_form_asks_what_an_address_asks() {
    let client = client().await;
    patients(&client, &["Zoë & Co=1+1", "Moor", "50%"]).await;
    let cases = [
        ("family:exact=Zo%C3%AB+%26+Co%3D1%2B1", "Zoë & Co=1+1"),
        ("family:exact=Zo%C3%AB%20%26%20Co%3D1%2B1", "Zoë & Co=1+1"),
        ("family=moor", "Moor"),
        ("family=50%25", "50%"),
        ("family=50%", "50%"),
    ];
    for (query, expected) in cases {
        let by_address = client.get(&format!("/Patient?{query}")).await;
        let by_form = client.ask("POST", "/Patient/_search", &FORM, query).await;
        for answer in [by_address, by_form] {
            assert_eq!(
                (answer.status, families(&answer.json())),
                (StatusCode::OK, vec![expected.to_owned()]),
                "{query}: {}",
                answer.text
            );
        }
    }
    let both = client
        .ask("POST", "/Patient/_search?active=true&_count=1", &FORM, "family=moor,50%25&_sort=-family")
        .await;
    assert_eq!(families(&both.json()), ["Moor"]);
    assert_eq!(both.json()["total"], 2);
    let empty = client.ask("POST", "/Patient/_search", &FORM, "").await;
    assert_eq!(empty.json()["total"], 5, "three and the two of the image: {}", empty.text);
}

#[tokio::test]
async fn the_links_of_a_page_lead_to_the_others() {
    let client = client().await;
    patients(&client, &["A", "B", "C", "D", "E"]).await;
    let base = format!("http://practicum.test/s/{}/fhir", client.sandbox);
    for start in [
        "/Patient?active=true&_count=2",
        "/Patient?active=true&_count=2&_sort=family",
        "/Patient/_history?_count=2",
    ] {
        let (mut path, mut seen) = (start.to_owned(), Vec::new());
        loop {
            let page = client.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text);
            let page = page.json();
            seen.extend(families(&page).into_iter().filter(|name| name.len() == 1));
            let next =
                page["link"].as_array().unwrap().iter().find(|link| link["relation"] == "next").cloned();
            let Some(next) = next else { break };
            path = next["url"].as_str().unwrap().strip_prefix(&base).unwrap().to_owned();
        }
        seen.sort();
        assert_eq!(seen, ["A", "B", "C", "D", "E"], "{start}");
    }
}

#[tokio::test]
async fn strictness_is_the_clients_choice() {
    let client = client().await;
    for (prefer, expected) in [
        ("", StatusCode::OK),
        ("handling=lenient", StatusCode::OK),
        ("handling=strict", StatusCode::BAD_REQUEST),
        ("return=minimal; handling=strict", StatusCode::BAD_REQUEST),
    ] {
        let answer = client.ask("GET", "/Patient?nonsense=1", &[("prefer", prefer)], "").await;
        assert_eq!(answer.status, expected, "{prefer}");
        let form = [FORM[0], ("prefer", prefer)];
        assert_eq!(
            client.ask("POST", "/Patient/_search", &form, "nonsense=1").await.status,
            expected,
            "{prefer}"
        );
    }
}

#[tokio::test]
async fn everything_and_compartments_are_searched_by_address_and_by_form() {
    let client = client().await;
    let id = client.patient().await;
    let of = format!("Patient/{id}");
    let body = json!({"resourceType": "Observation", "status": "final", "code": {"text": "t"}, "subject": {"reference": of}});
    let created = client.ask("POST", "/Observation", &[], &body.to_string()).await.json();
    let both = format!("_id={id},{}", created["id"].as_str().unwrap());
    let cases = [
        ("", format!("_type=Patient,Observation&{both}"), 2),
        ("/", format!("_type=Observation&{both}"), 1),
        ("", both.clone(), 2),
        (&format!("/{of}/Observation"), "status=final".to_owned(), 1),
        (&format!("/{of}/Observation"), "status=amended".to_owned(), 0),
        (&format!("/{of}/*"), String::new(), 2),
        (&format!("/{of}/*"), "_type=Observation".to_owned(), 1),
    ];
    for (path, query, total) in cases {
        let found = client.get(&format!("{path}?{query}")).await.json();
        assert_eq!(found["total"], total, "{path}?{query}");
        let form = path.trim_end_matches(['/', '*']);
        let by_form = client.ask("POST", &format!("{form}/_search"), &FORM, &query).await.json();
        assert_eq!(by_form["total"], total, "{path}/_search {query}");
    }
    let first =
        client.get(&format!("?_type=Patient,Observation&{both}&_count=1&_sort=-_lastUpdated")).await.json();
    let links = first["link"].as_array().unwrap();
    let next = links.iter().find(|link| link["relation"] == "next").unwrap()["url"].as_str().unwrap();
    let second = client.get(&next[next.find("/fhir").unwrap() + 5..]).await.json();
    let mut kinds = [&first, &second].map(|page| page["entry"][0]["resource"]["resourceType"].to_string());
    kinds.sort();
    assert_eq!(kinds, ["\"Observation\"", "\"Patient\""]);
    for (query, part) in [("_type=Nonsense", "Nonsense"), ("_type=Patient&_id=a%2Fb", "is not an id")] {
        let refused = client.get(&format!("?{query}")).await;
        assert!(
            refused.status == StatusCode::BAD_REQUEST && refused.text.contains(part),
            "{query}: {}",
            refused.text
        );
    }
}
