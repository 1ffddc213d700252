//! What a client may wish of an answer: how much of it, how it is laid out, and only if it is new.

use serde_json::{Value, json};

use super::client::{FHIR_JSON, PATIENT, client, is_outcome};

#[tokio::test]
async fn a_write_gives_what_the_client_prefers() {
    let client = client().await;
    let body = |id: &str| json!({"resourceType": "Patient", "id": id}).to_string();
    for (prefer, kind) in [
        ("return=representation", "Patient"),
        ("return=OperationOutcome", "OperationOutcome"),
        ("return=minimal", ""),
    ] {
        let prefer = [("prefer", prefer)];
        let made = client.ask("POST", "/Patient", &prefer, PATIENT).await;
        assert_eq!((made.status.as_u16(), made.header("etag")), (201, "W/\"1\""), "{prefer:?}");
        let location = made.header("location").to_owned();
        let id = location.rsplit('/').nth(2).unwrap();
        let patient = format!("/Patient/{id}");
        let updated = client.ask("PUT", &patient, &prefer, &body(id)).await;
        assert_eq!((updated.status.as_u16(), updated.header("etag")), (200, "W/\"2\""), "{prefer:?}");
        let patched = client.ask("PATCH", &patient, &prefer, "[]").await;
        assert_eq!((patched.status.as_u16(), patched.header("etag")), (200, "W/\"3\""), "{prefer:?}");
        for answer in [made, updated, patched] {
            assert_eq!(
                answer.json()["resourceType"].as_str().unwrap_or_default(),
                kind,
                "{prefer:?}: {}",
                answer.text
            );
            assert_eq!(
                (kind.is_empty(), kind.is_empty()),
                (answer.text.is_empty(), answer.header("content-type").is_empty())
            );
        }
        let deleted = client.ask("DELETE", &patient, &prefer, "").await;
        let status = if kind == "OperationOutcome" { 200 } else { 204 };
        assert_eq!((deleted.status.as_u16(), deleted.header("etag")), (status, "W/\"4\""), "{prefer:?}");
        assert_eq!(is_outcome(&deleted), status == 200, "{}", deleted.text);
    }
    let read = client.ask("GET", "/Patient?_count=1", &[("prefer", "return=minimal")], "").await;
    assert_eq!(
        read.json()["resourceType"],
        "Bundle",
        "what is read is given whatever the client prefers of writes"
    );
}

#[tokio::test]
async fn bodies_are_laid_out_on_demand() {
    let client = client().await;
    let made = client.ask("POST", "/Patient?_pretty=true", &[], PATIENT).await;
    let id = made.json()["id"].as_str().unwrap().to_owned();
    for path in
        [format!("/Patient/{id}"), "/Patient".to_owned(), "/metadata".to_owned(), "/_history".to_owned()]
    {
        let plain = client.get(&path).await;
        let pretty = client.get(&format!("{path}?_pretty=true")).await;
        assert!(pretty.text.starts_with("{\n  \"resourceType\": "), "{path}: {}", &pretty.text[..60]);
        assert!(!plain.text.contains('\n'), "{path}");
    }
    assert!(made.text.starts_with("{\n  \"resourceType\": \"Patient\""), "{}", made.text);
    assert_eq!(client.get(&format!("/Patient/{id}?_pretty=true")).await.text, made.text);
}

#[tokio::test]
async fn a_read_gives_the_part_that_is_asked_for() {
    let client = client().await;
    let id = client.patient().await;
    for path in [format!("/Patient/{id}"), format!("/Patient/{id}/_history/1")] {
        let part = client.get(&format!("{path}?_elements=id")).await;
        let body = part.json();
        assert_eq!((part.status.as_u16(), part.header("etag")), (200, "W/\"1\""));
        assert_eq!(
            (&body["name"], &body["meta"]["tag"][0]["code"]),
            (&Value::Null, &json!("SUBSETTED")),
            "{path}"
        );
        assert_eq!(client.get(&format!("{path}?_summary=true")).await.json()["name"][0]["family"], "Moor");
    }
}

#[tokio::test]
async fn what_has_not_changed_since_is_not_sent_again() {
    let client = client().await;
    let path = format!("/Patient/{}", client.patient().await);
    let modified = client.get(&path).await.header("last-modified").to_owned();
    assert_eq!(modified, "Tue, 04 Mar 2031 06:00:00 GMT");
    for (since, tag, status) in [
        (modified.as_str(), None, 304),
        ("Tue, 04 Mar 2031 06:00:01 GMT", None, 304),
        ("Tue, 04 Mar 2031 05:59:59 GMT", None, 200),
        ("yesterday", None, 200),
        (modified.as_str(), Some("W/\"7\""), 200),
        ("Tue, 04 Mar 2031 05:59:59 GMT", Some("W/\"1\""), 304),
    ] {
        let mut headers = vec![("if-modified-since", since)];
        headers.extend(tag.map(|tag| ("if-none-match", tag)));
        let read = client.ask("GET", &path, &headers, "").await;
        assert_eq!((read.status.as_u16(), read.header("etag")), (status, "W/\"1\""), "{headers:?}");
        assert_eq!(read.header("last-modified"), modified, "{headers:?}");
    }
}

#[tokio::test]
async fn a_request_is_answered_with_its_own_id() {
    let client = client().await;
    let long = "x".repeat(300);
    for (sent, echoed) in [("7f3a-1", "7f3a-1"), (long.as_str(), "")] {
        for path in ["/Patient?_count=1", "/Patient/never", "/metadata"] {
            let answer =
                client.ask("GET", path, &[("x-request-id", sent), ("x-correlation-id", sent)], "").await;
            assert_eq!(answer.header("x-request-id"), echoed, "{path}");
            assert_eq!(answer.header("x-correlation-id"), echoed, "{path}");
        }
    }
}

#[tokio::test]
async fn a_patch_takes_its_own_media_type() {
    let client = client().await;
    let path = format!("/Patient/{}", client.patient().await);
    let patch = r#"[{"op": "replace", "path": "/name/0/family", "value": "Tal"}]"#;
    let wrong = client.ask("PATCH", &path, &[("content-type", "application/json")], patch).await;
    assert_eq!((wrong.status.as_u16(), wrong.header("accept-patch")), (415, "application/json-patch+json"));
    let right = [("content-type", "application/json-patch+json; charset=utf-8"), ("if-match", "W/\"1\"")];
    let patched = client.ask("PATCH", &path, &right, patch).await;
    assert_eq!(
        (patched.status.as_u16(), patched.header("content-type")),
        (200, FHIR_JSON),
        "{}",
        patched.text
    );
    assert_eq!(patched.json()["name"][0]["family"], "Tal");
    let stale = client.ask("PATCH", &path, &right, patch).await;
    assert_eq!(stale.status.as_u16(), 412, "{}", stale.text);
}

#[tokio::test]
async fn a_conditional_update_says_what_it_did() {
    let client = client().await;
    let made = client.ask("PUT", "/Patient?family=Moor", &[], PATIENT).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.text);
    assert!(made.header("location").ends_with("/_history/1"));
    let updated = client.ask("PUT", "/Patient?family=Moor", &[], PATIENT).await;
    assert_eq!((updated.status.as_u16(), updated.header("etag")), (200, "W/\"2\""));
    let deleted = client.ask("DELETE", "/Patient?family=Moor", &[], "").await;
    assert_eq!((deleted.status.as_u16(), deleted.header("etag")), (204, "W/\"3\""));
    let again = client.ask("DELETE", "/Patient?family=Moor", &[], "").await;
    assert_eq!((again.status.as_u16(), again.header("etag")), (204, ""));
}
