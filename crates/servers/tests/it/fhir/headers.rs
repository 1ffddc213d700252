//! What answers carry beside their bodies (R4, 3.1.0).

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::client::{FHIR_JSON, PATIENT, client};

#[tokio::test]
async fn a_create_says_where_the_resource_is() {
    let client = client().await;
    let made = client.ask("POST", "/Patient", &[("content-type", "application/fhir+json")], PATIENT).await;
    assert_eq!((made.status, made.header("content-type")), (StatusCode::CREATED, FHIR_JSON));
    assert_eq!(made.header("etag"), "W/\"1\"");
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let base = format!("http://practicum.test/s/{}/fhir", client.sandbox);
    assert_eq!(made.header("location"), format!("{base}/Patient/{id}/_history/1"));
    let there = client.get(made.header("location").strip_prefix(&base).unwrap()).await;
    assert_eq!((there.status, &there.text), (StatusCode::OK, &made.text));
}

#[tokio::test]
async fn a_read_carries_version_and_time() {
    let client = client().await;
    let id = client.patient().await;
    for path in [format!("/Patient/{id}"), format!("/Patient/{id}/_history/1")] {
        let read = client.get(&path).await;
        assert_eq!((read.status, read.header("content-type")), (StatusCode::OK, FHIR_JSON));
        assert_eq!(read.header("etag"), "W/\"1\"");
        assert_eq!(read.header("last-modified"), "Tue, 04 Mar 2031 06:00:00 GMT");
        let head = client.ask("HEAD", &path, &[], "").await;
        assert_eq!((head.status, head.header("etag"), head.text.as_str()), (StatusCode::OK, "W/\"1\"", ""));
    }
}

#[tokio::test]
async fn what_the_client_has_is_not_sent_again() {
    let client = client().await;
    let path = format!("/Patient/{}", client.patient().await);
    for (known, expected) in [
        ("W/\"1\"", StatusCode::NOT_MODIFIED),
        ("\"1\"", StatusCode::NOT_MODIFIED),
        ("W/\"2\"", StatusCode::OK),
        ("*", StatusCode::OK),
        ("nonsense", StatusCode::OK),
    ] {
        let read = client.ask("GET", &path, &[("if-none-match", known)], "").await;
        assert_eq!(read.status, expected, "{known}");
        assert_eq!(
            (read.header("etag"), read.text.is_empty()),
            ("W/\"1\"", expected == StatusCode::NOT_MODIFIED)
        );
    }
}

#[tokio::test]
async fn an_update_is_made_for_a_version() {
    let client = client().await;
    let id = client.patient().await;
    let path = format!("/Patient/{id}");
    let body = json!({"resourceType": "Patient", "id": id, "active": true}).to_string();
    for (if_match, expected, etag) in [
        ("W/\"2\"", StatusCode::PRECONDITION_FAILED, ""),
        ("nonsense", StatusCode::BAD_REQUEST, ""),
        ("*", StatusCode::BAD_REQUEST, ""),
        ("W/\"1\"", StatusCode::OK, "W/\"2\""),
        ("W/\"1\"", StatusCode::PRECONDITION_FAILED, ""),
        ("\"2\"", StatusCode::OK, "W/\"3\""),
    ] {
        let updated = client.ask("PUT", &path, &[("if-match", if_match)], &body).await;
        assert_eq!(
            (updated.status, updated.header("etag")),
            (expected, etag),
            "{if_match}: {}",
            updated.text
        );
    }
    let stale = client.ask("DELETE", &path, &[("if-match", "W/\"1\"")], "").await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let created = client.ask("PUT", "/Patient/own", &[], &body.replace(&id, "own")).await;
    assert_eq!(created.status, StatusCode::CREATED);
    assert!(created.header("location").ends_with("/fhir/Patient/own/_history/1"));
}

#[tokio::test]
async fn a_deleted_resource_is_gone() {
    let client = client().await;
    let path = format!("/Patient/{}", client.patient().await);
    for _ in 0..2 {
        let deleted = client.ask("DELETE", &path, &[], "").await;
        assert_eq!((deleted.status, deleted.text.as_str()), (StatusCode::NO_CONTENT, ""));
        assert_eq!(deleted.header("etag"), "W/\"2\"");
    }
    let never = client.ask("DELETE", "/Patient/never", &[], "").await;
    assert_eq!(
        (never.status, never.header("etag")),
        (StatusCode::NO_CONTENT, ""),
        "there is no version of it"
    );
    assert_eq!(client.get(&path).await.status, StatusCode::GONE);
    assert_eq!(client.get(&format!("{path}/_history/2")).await.status, StatusCode::GONE);
    assert_eq!(client.get(&format!("{path}/_history/1")).await.status, StatusCode::OK);
    let history = client.get(&format!("{path}/_history")).await.json();
    assert_eq!(history["entry"][0]["request"]["method"], "DELETE");
}

#[tokio::test]
async fn a_conditional_create_finds_or_makes() {
    let client = client().await;
    let create = async |condition: &str| {
        client.ask("POST", "/Patient", &[("if-none-exist", condition)], PATIENT).await
    };
    let made = create("family=Moor").await;
    assert_eq!(made.status, StatusCode::CREATED);
    let found = create("family=Moor").await;
    assert_eq!((found.status, found.json()["id"].clone()), (StatusCode::OK, made.json()["id"].clone()));
    client.patient().await;
    assert_eq!(create("family=Moor").await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(create("nonsense=1").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn bundles_are_taken_at_the_base_with_and_without_a_slash() {
    let client = client().await;
    let entry = json!({"resource": serde_json::from_str::<Value>(PATIENT).unwrap(), "request": {"method": "POST", "url": "Patient"}});
    for (path, kind) in [("", "batch"), ("/", "transaction")] {
        let bundle = json!({"resourceType": "Bundle", "type": kind, "entry": [entry]}).to_string();
        let answer = client.ask("POST", path, &[], &bundle).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (StatusCode::OK, FHIR_JSON),
            "{}",
            answer.text
        );
        assert_eq!(answer.json()["entry"][0]["response"]["status"], "201 Created");
    }
}

#[tokio::test]
async fn json_goes_by_several_names() {
    let client = client().await;
    for media in [
        "application/fhir+json",
        "application/fhir+json; charset=UTF-8; fhirVersion=4.0",
        "application/json",
        "Application/JSON",
        "text/json",
    ] {
        let made = client.ask("POST", "/Patient", &[("content-type", media)], PATIENT).await;
        assert_eq!(made.status, StatusCode::CREATED, "{media}");
    }
    for accept in [
        "application/fhir+json",
        "*/*",
        "application/*",
        "application/json",
        "text/html, application/fhir+json;q=0.5",
        "application/fhir+xml;q=0.1, */*;q=0.05",
    ] {
        let read = client.ask("GET", "/Patient?_count=1", &[("accept", accept)], "").await;
        assert_eq!((read.status, read.header("content-type")), (StatusCode::OK, FHIR_JSON), "{accept}");
    }
    for format in ["json", "application/json", "application/fhir%2Bjson", "application/fhir+json"] {
        let read =
            client.ask("GET", &format!("/Patient?_format={format}"), &[("accept", "text/html")], "").await;
        assert_eq!(read.status, StatusCode::OK, "{format}");
    }
}
