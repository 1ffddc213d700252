//! A Binary is a resource to those who ask for FHIR, and its content to everybody else (R4, 2.43.5).

use super::client::{FHIR_JSON, client, is_outcome};

const CSV: &str = "name;born\nMoor;1950\n";

#[tokio::test]
async fn content_goes_in_and_comes_out_as_it_is() {
    let client = client().await;
    let made = client
        .ask("POST", "/Binary", &[("content-type", "text/csv"), ("x-security-context", "Patient/1")], CSV)
        .await;
    assert_eq!((made.status.as_u16(), made.header("content-type")), (201, FHIR_JSON), "{}", made.text);
    let binary = made.json();
    assert_eq!(
        (binary["contentType"].as_str(), binary["data"].as_str()),
        (Some("text/csv"), Some("bmFtZTtib3JuCk1vb3I7MTk1MAo="))
    );
    assert_eq!(binary["securityContext"]["reference"], "Patient/1");
    let path = format!("/Binary/{}", binary["id"].as_str().unwrap());
    for path in [path.clone(), format!("{path}/_history/1")] {
        for accept in ["*/*", "text/csv", "text/html, */*;q=0.1", "image/png"] {
            let read = client.ask("GET", &path, &[("accept", accept)], "").await;
            assert_eq!((read.status.as_u16(), read.text.as_str()), (200, CSV), "{path} {accept}");
            assert_eq!((read.header("content-type"), read.header("etag")), ("text/csv", "W/\"1\""));
            assert_eq!(read.header("x-content-type-options"), "nosniff");
        }
        assert_eq!(client.get(&path).await.text, CSV, "and to those who say nothing");
        for accept in ["application/fhir+json", "application/json"] {
            let read = client.ask("GET", &path, &[("accept", accept)], "").await;
            assert_eq!((read.header("content-type"), &read.json()["id"]), (FHIR_JSON, &binary["id"]));
        }
        for query in ["_format=json", "_format=json&_elements=contentType"] {
            let read = client.ask("GET", &format!("{path}?{query}"), &[("accept", "text/csv")], "").await;
            assert_eq!(read.header("content-type"), FHIR_JSON, "{query}");
        }
        let part =
            client.ask("GET", &format!("{path}?_elements=contentType"), &[("accept", "*/*")], "").await;
        assert_eq!(
            (part.header("content-type"), &part.json()["contentType"]),
            (FHIR_JSON, &binary["contentType"])
        );
        let xml = client.ask("GET", &path, &[("accept", "application/fhir+xml")], "").await;
        assert!(xml.status.as_u16() == 406 && is_outcome(&xml), "{}", xml.text);
    }
    let put = client.ask("PUT", &path, &[("content-type", "text/plain; charset=utf-8")], "ü").await;
    assert_eq!((put.status.as_u16(), put.json()["data"].as_str()), (200, Some("w7w=")), "{}", put.text);
    let read = client.get(&path).await;
    assert_eq!((read.text.as_str(), read.header("content-type")), ("ü", "text/plain; charset=utf-8"));
    let known = client.ask("GET", &path, &[("if-none-match", "W/\"2\"")], "").await;
    assert_eq!(known.status.as_u16(), 304);
}

#[tokio::test]
async fn a_resource_is_taken_as_one() {
    let client = client().await;
    let binary = r#"{"resourceType": "Binary", "contentType": "text/plain", "data": "w7w="}"#;
    for media in ["application/fhir+json", "application/json"] {
        let made = client.ask("POST", "/Binary", &[("content-type", media)], binary).await;
        assert_eq!(
            (made.status.as_u16(), made.json()["data"].as_str()),
            (201, Some("w7w=")),
            "{}",
            made.text
        );
    }
    let xml = client.ask("POST", "/Binary", &[("content-type", "application/fhir+xml")], "<Binary/>").await;
    assert_eq!(xml.status.as_u16(), 415, "{}", xml.text);
    let found = client.get("/Binary?_count=5").await;
    assert_eq!(
        (found.status.as_u16(), found.json()["total"].as_u64()),
        (200, Some(2)),
        "a search is no content"
    );
    let by_id = client.ask("PUT", "/Binary/no_id", &[("content-type", "text/plain")], "x").await;
    assert!(by_id.status.is_client_error() && is_outcome(&by_id), "{}", by_id.text);
}

#[tokio::test]
async fn content_never_runs_in_this_origin() {
    let client = client().await;
    for (media, given, shown) in [
        ("text/html", "text/html", false),
        ("image/svg+xml", "image/svg+xml", false),
        ("application/xhtml+xml", "application/xhtml+xml", false),
        ("text/javascript", "application/octet-stream", false),
        ("application/ecmascript; x=1", "application/octet-stream", false),
        ("application/x-anything", "application/x-anything", false),
        ("image/png", "image/png", true),
        ("application/pdf", "application/pdf", true),
    ] {
        let made =
            client.ask("POST", "/Binary", &[("content-type", media)], "<script>alert(1)</script>").await;
        let read = client.get(&format!("/Binary/{}", made.json()["id"].as_str().unwrap())).await;
        assert_eq!((read.status.as_u16(), read.header("content-type")), (200, given), "{media}");
        assert_eq!(read.header("content-disposition"), if shown { "" } else { "attachment" }, "{media}");
        assert_eq!(read.header("x-content-type-options"), "nosniff", "{media}");
        assert!(read.header("content-security-policy").starts_with("sandbox; default-src 'none'"), "{media}");
    }
}
