//! Bulk data over HTTP, as an outside client goes through it.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::{Client, client, is_outcome};
use crate::house::Answer;

const ASYNC: [(&str, &str); 2] = [("accept", "application/fhir+json"), ("prefer", "respond-async")];

/// The part of an address below the service base.
fn below<'a>(client: &Client, url: &'a str) -> &'a str {
    url.strip_prefix(&format!("http://practicum.test/s/{}/fhir", client.sandbox)).unwrap()
}

async fn begin(client: &Client, path: &str) -> String {
    let begun = client.ask("GET", path, &ASYNC, "").await;
    assert!(begun.status.as_u16() == 202 && is_outcome(&begun), "{path}: {}", begun.text);
    below(client, begun.header("content-location")).to_owned()
}

async fn finished(client: &Client, status: &str) -> Answer {
    loop {
        let answer = client.ask("GET", status, &[("accept", "application/json")], "").await;
        if answer.status.as_u16() != 202 {
            return answer;
        }
        assert!(answer.header("x-progress").contains("resources"), "{:?}", answer.headers);
        assert_eq!((answer.header("retry-after"), answer.text.as_str()), ("1", ""));
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn an_export_is_asked_for_looked_after_fetched_and_deleted() {
    let client = client().await;
    client.patient().await;
    for (path, at_least) in
        [("/$export", 10), ("/Patient/$export?_type=Patient,Encounter&_outputFormat=ndjson", 2)]
    {
        let status = begin(&client, path).await;
        let done = finished(&client, &status).await;
        assert_eq!(
            (done.status.as_u16(), done.header("content-type")),
            (200, "application/json"),
            "{}",
            done.text
        );
        assert_eq!(done.header("expires"), "Tue, 04 Mar 2031 07:00:00 GMT");
        let manifest = done.json();
        assert_eq!(manifest["requiresAccessToken"], true);
        assert_eq!(manifest["request"], format!("http://practicum.test/s/{}/fhir{path}", client.sandbox));
        let output = manifest["output"].as_array().unwrap();
        assert!(output.len() >= at_least, "{manifest}");
        let mut patients = 0;
        for file in output {
            let url = below(&client, file["url"].as_str().unwrap());
            let fetched = client.ask("GET", url, &[("accept", "application/fhir+ndjson")], "").await;
            assert_eq!(
                (fetched.status.as_u16(), fetched.header("content-type")),
                (200, "application/fhir+ndjson")
            );
            assert_eq!(fetched.header("content-length"), fetched.text.len().to_string());
            assert_eq!(fetched.text.lines().count() as u64, file["count"].as_u64().unwrap());
            let all_of_type = fetched.text.lines().all(|line| {
                serde_json::from_str::<Value>(line)
                    .is_ok_and(|resource| resource["resourceType"] == file["type"])
            });
            assert!(all_of_type, "{}", file["type"]);
            if file["type"] == "Patient" {
                patients = fetched.text.lines().count();
                assert!(fetched.text.contains("Moor"));
            }
        }
        assert_eq!(patients, 3);
        let deleted = client.ask("DELETE", &status, &[], "").await;
        assert!(deleted.status.as_u16() == 202 && is_outcome(&deleted), "{}", deleted.text);
        for path in [status.as_str(), below(&client, output[0]["url"].as_str().unwrap())] {
            let gone = client.get(path).await;
            assert!(gone.status.as_u16() == 404 && is_outcome(&gone), "{path}: {}", gone.text);
        }
    }
}

#[tokio::test]
async fn a_group_is_exported_by_its_members() {
    let client = client().await;
    let id = client.patient().await;
    let group = format!(
        r#"{{"resourceType": "Group", "type": "person", "actual": true, "member": [{{"entity": {{"reference": "Patient/{id}"}}}}]}}"#
    );
    let made = client.ask("POST", "/Group", &[], &group).await;
    let status =
        begin(&client, &format!("/Group/{}/$export?_type=Patient", made.json()["id"].as_str().unwrap()))
            .await;
    let manifest = finished(&client, &status).await.json();
    assert_eq!(
        (manifest["output"].as_array().unwrap().len(), manifest["output"][0]["count"].as_u64()),
        (1, Some(1))
    );
}

#[tokio::test]
async fn parameters_may_stand_in_a_body() {
    let client = client().await;
    let ask = async |parameters: Value| {
        let body = json!({"resourceType": "Parameters", "parameter": parameters}).to_string();
        client.ask("POST", "/Patient/$export", &ASYNC, &body).await
    };
    let begun = ask(json!([
        {"name": "_type", "valueString": "Patient"},
        {"name": "_since", "valueInstant": "2000-01-01T00:00:00Z"},
        {"name": "_typeFilter", "valueString": "Patient?family=Nobody"},
    ]))
    .await;
    assert_eq!(begun.status.as_u16(), 202, "{}", begun.text);
    let manifest = finished(&client, below(&client, begun.header("content-location"))).await.json();
    assert_eq!((&manifest["output"], &manifest["deleted"]), (&json!([]), &json!([])));
    for parameters in [
        json!([{"name": "_type", "valueString": "Nonsense"}]),
        json!([{"name": "patient", "valueReference": {"reference": "Patient/1"}}]),
        json!({}),
    ] {
        let refused = ask(parameters).await;
        assert!(refused.status.as_u16() == 400 && is_outcome(&refused), "{}", refused.text);
    }
}

#[tokio::test]
async fn exports_are_refused_as_everything_is() {
    let client = client().await;
    let status = begin(&client, "/$export").await;
    let manifest = finished(&client, &status).await.json();
    let file = below(&client, manifest["output"][0]["url"].as_str().unwrap()).to_owned();
    let lenient = [ASYNC[0], ("prefer", "respond-async, handling=lenient")];
    for (code, method, path, headers) in [
        (400, "GET", "/$export", &ASYNC[..1]),
        (400, "GET", "/$export?_type=Nonsense", &ASYNC[..]),
        (400, "GET", "/$export?_since=yesterday", &ASYNC[..]),
        (400, "GET", "/$export?_elements=id", &ASYNC[..]),
        (202, "GET", "/$export?_elements=id", &lenient[..]),
        (400, "GET", "/Patient/$export?_type=Organization", &ASYNC[..]),
        (404, "GET", "/Group/never/$export", &ASYNC[..]),
        (404, "GET", "/Observation/$export", &ASYNC[..]),
        (404, "GET", "/Patient/never/$export", &ASYNC[..]),
        (404, "GET", "/$export-status/never", &[]),
        (404, "DELETE", "/$export-status/never", &[]),
        (404, "GET", "/$export-file/never/Patient.ndjson", &[]),
        (404, "GET", "/$export-file/never/..%2F..%2Fhospital.sqlite", &[]),
        (405, "PUT", "/$export", &ASYNC[..]),
        (405, "POST", "/$export-status/never", &[]),
        (415, "POST", "/$export", &[("content-type", "application/fhir+xml"), ASYNC[1]]),
        (406, "GET", "/$export", &[("accept", "application/fhir+xml"), ASYNC[1]]),
    ] {
        let answer = client.ask(method, path, headers, "").await;
        assert_eq!(answer.status.as_u16(), code, "{method} {path}: {}", answer.text);
        assert!(is_outcome(&answer), "{method} {path}: {}", answer.text);
    }
    // Bo may not enter Ana's sandbox; an instructor may, and does not see what is hers.
    for (token, code) in [(&client.house.bo, 404), (&client.house.ida, 404), (&String::new(), 401)] {
        for (method, path) in [("GET", &status), ("DELETE", &status), ("GET", &file)] {
            let answer = client.ask_as(token, method, path, &[], Vec::new()).await;
            assert_eq!(answer.status.as_u16(), code, "{method} {path}: {}", answer.text);
        }
    }
    assert_eq!(client.get(&file).await.status.as_u16(), 200, "and it is still there");
}

#[tokio::test]
async fn the_capability_statement_names_the_exports() {
    let client = client().await;
    let statement = client.get("/metadata").await.json();
    assert_eq!(statement["instantiates"][0], "http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data");
    let exports = |operations: &Value| {
        let named = operations.as_array().unwrap().iter().filter(|operation| operation["name"] == "export");
        named
            .map(|operation| operation["definition"].as_str().unwrap().rsplit('/').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(exports(&statement["rest"][0]["operation"]), ["export"]);
    for resource in statement["rest"][0]["resource"].as_array().unwrap() {
        let expected = match resource["type"].as_str().unwrap() {
            "Patient" => vec!["patient-export"],
            "Group" => vec!["group-export"],
            _ => vec![],
        };
        assert_eq!(exports(&resource["operation"]), expected, "{}", resource["type"]);
    }
}
