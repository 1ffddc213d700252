//! Nobody but its owner and instructors reaches a sandbox, by any route of the FHIR face.

use axum::http::StatusCode;
use serde_json::json;

use super::client::{Client, PATIENT, client, is_outcome};

/// A request for every route and method there is, all of which Ana could make.
async fn requests(client: &Client) -> Vec<(&'static str, String, Vec<(&'static str, &'static str)>, String)> {
    let id = client.patient().await;
    let form = vec![("content-type", "application/x-www-form-urlencoded")];
    let update = json!({"resourceType": "Patient", "id": id}).to_string();
    let bundle = json!({"resourceType": "Bundle", "type": "transaction", "entry": [{"request": {"method": "DELETE", "url": format!("Patient/{id}")}}]}).to_string();
    let plain = |method, path: &str, body: &str| (method, path.to_owned(), vec![], body.to_owned());
    vec![
        plain("GET", "/Patient", ""),
        plain("POST", "/Patient", PATIENT),
        ("POST", "/Patient/_search".to_owned(), form, "family=Moor".to_owned()),
        plain("GET", "/Patient/_history", ""),
        plain("GET", &format!("/Patient/{id}"), ""),
        plain("HEAD", &format!("/Patient/{id}"), ""),
        plain("GET", &format!("/Patient/{id}/_history"), ""),
        plain("GET", &format!("/Patient/{id}/_history/1"), ""),
        plain("PUT", &format!("/Patient/{id}"), &update),
        plain("POST", "", &bundle),
        plain("POST", "/", &bundle),
        plain("DELETE", &format!("/Patient/{id}"), ""),
    ]
}

#[tokio::test]
async fn another_learner_reaches_nothing_and_learns_nothing() {
    let client = client().await;
    let requests = requests(&client).await;
    let before = client.digest().await;
    for (method, path, headers, body) in &requests {
        let bytes = body.as_bytes().to_vec();
        let theirs = client.ask_as(&client.house.bo, method, path, headers, bytes.clone()).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{method} {path}: {}", theirs.text);
        let nowhere = Client { sandbox: "zzzzzzzz".to_owned(), house: crate::house::house() };
        let none = nowhere.ask_as(&nowhere.house.bo, method, path, headers, bytes).await;
        assert_eq!(none.status, theirs.status, "one that is not there looks the same");
        assert_eq!(none.text, theirs.text.replace(&client.sandbox, "zzzzzzzz"));
        assert!(*method == "HEAD" || is_outcome(&theirs), "{method} {path}: {}", theirs.text);
    }
    assert_eq!(client.digest().await, before);
}

#[tokio::test]
async fn without_a_good_token_nothing_is_reached() {
    let client = client().await;
    let requests = requests(&client).await;
    let before = client.digest().await;
    for token in ["", "prc_invented", "' OR 1=1 --"] {
        for (method, path, headers, body) in &requests {
            let answer = client.ask_as(token, method, path, headers, body.as_bytes().to_vec()).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}: {}", answer.text);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            assert!(*method == "HEAD" || is_outcome(&answer), "{method} {path}: {}", answer.text);
        }
    }
    assert_eq!(client.digest().await, before);
}

#[tokio::test]
async fn the_owner_and_an_instructor_get_through_every_route() {
    for by_owner in [true, false] {
        let client = client().await;
        let token = if by_owner { &client.house.ana } else { &client.house.ida };
        for (method, path, headers, body) in requests(&client).await {
            let answer = client.ask_as(token, method, &path, &headers, body.into_bytes()).await;
            let gone = answer.status == StatusCode::GONE;
            assert!(answer.status.is_success() || gone, "{method} {path}: {} {}", answer.status, answer.text);
        }
    }
}
