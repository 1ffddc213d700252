//! Every refusal is an OperationOutcome with the right status, and changes nothing.

use super::client::{PATIENT, client, is_outcome};

/// The status expected, then method, path, headers and body.
type Case<'a> = (u16, &'a str, &'a str, &'a [(&'a str, &'a str)], &'a str);

#[tokio::test]
async fn every_refusal_is_an_operation_outcome() {
    let client = client().await;
    let id = client.patient().await;
    let before = client.digest().await;
    let patient = &format!("/Patient/{id}");
    let of = |rest: &str| format!("{patient}{rest}");
    let (member, no_member) = (of("/Observation"), of("/ValueSet"));
    let (deep, history, version) = (of("/a/b/c"), of("/_history"), of("/_history/1"));
    let (future, count, since) =
        (of("/_history/9"), of("/_history?_count=x"), of("/_history?_since=yesterday"));
    let (at, part) = (of("/_history?_at=yesterday"), of("?_summary=nothing"));
    let (nonsense, by_format) = (of("/$nonsense"), of("?_format=xml"));
    let xml = [("content-type", "application/fhir+xml")];
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let want_xml = [("accept", "application/fhir+xml")];
    let form_for_xml = [form[0], want_xml[0]];
    let strict = [("prefer", "respond-async, handling=strict")];
    let cases: Vec<Case<'_>> = vec![
        (400, "POST", "/Patient", &[], "{"),
        (400, "POST", "/Patient", &[], ""),
        (400, "POST", "/Patient", &[], r#"{"resourceType": "Group"}"#),
        (400, "PUT", patient, &[], PATIENT),
        (400, "POST", "", &[], PATIENT),
        (400, "GET", "/Patient?_count=x", &[], ""),
        (400, "GET", "/Patient?birthdate=yesterday", &[], ""),
        (400, "GET", "/Patient?_cursor=garbage", &[], ""),
        (400, "GET", "/Patient?nonsense=1", &strict, ""),
        (400, "GET", "/Patient/_history?_cursor=garbage", &[], ""),
        (400, "GET", &count, &[], ""),
        (400, "GET", &since, &[], ""),
        (400, "POST", "/Patient/_search", &form, "birthdate=yesterday"),
        (400, "GET", "/Patient/%ff%fe", &[], ""),
        (400, "GET", "/Pat%ffient", &[], ""),
        (404, "GET", "/Nonsense", &[], ""),
        (404, "GET", "/patient", &[], ""),
        (404, "GET", "/Nonsense/1", &[], ""),
        (404, "POST", "/Nonsense", &[], r#"{"resourceType": "Nonsense"}"#),
        (404, "GET", "/Patient/never", &[], ""),
        (404, "GET", "/Patient/never/_history", &[], ""),
        (404, "GET", &future, &[], ""),
        (404, "GET", &deep, &[], ""),
        (404, "GET", "/Patient/", &[], ""),
        (404, "POST", "/Patient/_search/more/of/it", &[], ""),
        (404, "GET", &nonsense, &[], ""),
        (404, "GET", "/Patient/<script>alert(1)<%2Fscript>", &[], ""),
        (404, "GET", "/Nonsense/1/Observation", &[], ""),
        (404, "GET", "/Organization/1/Observation", &[], ""),
        (404, "GET", "/Patient/never/Observation", &[], ""),
        (404, "GET", &no_member, &[], ""),
        (405, "POST", &member, &[], "{}"),
        (400, "GET", "?_type=Nonsense", &[], ""),
        (405, "PUT", "/", &[], ""),
        (400, "PUT", "/Patient", &[], PATIENT),
        (400, "PUT", "/Patient?nonsense=1", &[], PATIENT),
        (400, "DELETE", "/Patient", &[], ""),
        (400, "DELETE", "/Patient?_count=1", &[], ""),
        (400, "PATCH", "/Patient", &[], "[]"),
        (400, "PATCH", patient, &[], ""),
        (400, "PATCH", patient, &[], "{}"),
        (400, "PATCH", patient, &[], r#"[{"op": "drop", "path": "/name"}]"#),
        (400, "PATCH", patient, &[("if-match", "nonsense")], "[]"),
        (400, "GET", "/_history?_count=x", &[], ""),
        (400, "GET", &at, &[], ""),
        (400, "GET", &part, &[], ""),
        (404, "PATCH", "/Patient/never", &[], "[]"),
        (404, "PATCH", "/Nonsense/1", &[], "[]"),
        (404, "PATCH", "/Patient?family=Nobody", &[], "[]"),
        (404, "DELETE", "/Nonsense?_id=1", &[], ""),
        (409, "PATCH", patient, &[], r#"[{"op": "test", "path": "/name/0/family", "value": "Tal"}]"#),
        (412, "PATCH", patient, &[("if-match", "W/\"7\"")], "[]"),
        (412, "DELETE", "/Patient?birthdate=lt2100", &[], ""),
        (412, "PUT", "/Patient?birthdate=lt2100", &[], PATIENT),
        (412, "PATCH", "/Patient?birthdate=lt2100", &[], "[]"),
        (415, "PATCH", patient, &[("content-type", "application/fhir+json")], "[]"),
        (415, "PATCH", patient, &[("content-type", "application/merge-patch+json")], "{}"),
        (422, "PATCH", patient, &[], r#"[{"op": "remove", "path": "/birthDate"}]"#),
        (422, "PATCH", patient, &[], r#"[{"op": "replace", "path": "/name", "value": 7}]"#),
        (422, "PATCH", patient, &[], r#"[{"op": "replace", "path": "/id", "value": "other"}]"#),
        (422, "PATCH", patient, &[], r#"[{"op": "remove", "path": "/resourceType"}]"#),
        (405, "POST", patient, &[], PATIENT),
        (405, "DELETE", &history, &[], ""),
        (405, "PUT", &version, &[], ""),
        (405, "POST", "/metadata", &[], ""),
        (406, "GET", patient, &want_xml, ""),
        (406, "GET", &by_format, &[], ""),
        (406, "GET", "/Patient", &want_xml, ""),
        (406, "GET", "/Patient?_format=ttl", &[], ""),
        (406, "GET", &history, &want_xml, ""),
        (406, "GET", &version, &want_xml, ""),
        (406, "GET", "/Patient/_history", &want_xml, ""),
        (406, "GET", "/metadata", &want_xml, ""),
        (406, "GET", "/metadata?_format=xml", &[], ""),
        (406, "POST", "/Patient/_search", &form_for_xml, "family=Moor"),
        (406, "POST", "/Patient/_search", &form, "family=Moor&_format=xml"),
        (415, "POST", "/Patient", &xml, "<Patient/>"),
        (415, "POST", "/Patient", &[("content-type", "text/plain")], PATIENT),
        (415, "PUT", patient, &xml, "<Patient/>"),
        (415, "POST", "", &xml, "<Bundle/>"),
        (415, "POST", "/Patient/_search", &[("content-type", "application/json")], "{}"),
        (422, "POST", "/Patient", &[], r#"{"resourceType": "Patient", "shoes": 2}"#),
    ];
    for (status, method, path, headers, body) in cases {
        let answer = client.ask(method, &path.replace(['<', '>'], "%3C"), headers, body).await;
        let said = format!("{method} {path}: {} {}", answer.status, answer.text);
        assert_eq!(answer.status.as_u16(), status, "{said}");
        assert!(is_outcome(&answer), "{said} ({})", answer.header("content-type"));
    }
    assert_eq!(client.digest().await, before);
}

#[tokio::test]
async fn what_is_too_large_is_refused_on_every_route_that_takes_a_body() {
    let client = client().await;
    let body = vec![b' '; (16 << 20) + 1];
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for (method, path, headers) in [
        ("POST", "/Patient", &[][..]),
        ("PUT", "/Patient/x", &[]),
        ("PUT", "/Patient?_id=x", &[]),
        ("PATCH", "/Patient/x", &[]),
        ("PUT", "/Binary/x", &[("content-type", "image/png")]),
        ("POST", "", &[]),
        ("POST", "/Patient/_search", &form),
    ] {
        let answer = client.ask_as(&client.house.ana, method, path, headers, body.clone()).await;
        assert_eq!(answer.status.as_u16(), 413, "{method} {path}: {}", answer.text);
        assert!(is_outcome(&answer), "{method} {path}: {}", answer.text);
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused() {
    let client = client().await;
    let body = b"{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"\xff\"}]}".to_vec();
    let answer = client.ask_as(&client.house.ana, "POST", "/Patient", &[], body).await;
    assert_eq!(answer.status.as_u16(), 400);
    assert!(is_outcome(&answer) && answer.text.contains("UTF-8"), "{}", answer.text);
}

#[tokio::test]
async fn a_method_that_is_not_offered_is_answered_with_those_that_are() {
    let client = client().await;
    for (method, path, allowed) in
        [("POST", "/Patient/x", "PATCH"), ("PUT", "", "POST"), ("TRACE", "/Patient", "POST")]
    {
        let answer = client.ask(method, path, &[], "").await;
        assert!(answer.header("allow").contains(allowed), "{method} {path}: {:?}", answer.headers);
    }
}

#[tokio::test]
async fn an_address_that_ends_in_a_slash_too_many_is_refused_as_fhir_has_it() {
    let client = client().await;
    let id = client.patient().await;
    for rest in ["/Patient/_history/", "/_search/", "/metadata/", &format!("/Patient/{id}/_history/")] {
        for method in ["GET", "POST"] {
            let answer = client.ask(method, rest, &[], "").await;
            assert_eq!(answer.status, 404, "{method} {rest}");
            assert!(is_outcome(&answer), "{method} {rest}: {}", answer.text);
        }
    }
}
