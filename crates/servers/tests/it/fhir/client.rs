//! A FHIR client of Ana's, without a network between it and the server.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::house::{Answer, House, house};

pub(super) const FHIR_JSON: &str = "application/fhir+json; charset=utf-8";
pub(super) const PATIENT: &str = r#"{"resourceType": "Patient", "name": [{"family": "Moor"}]}"#;

pub(super) struct Client {
    pub(super) house: House,
    pub(super) sandbox: String,
}

pub(super) async fn client() -> Client {
    let house = house();
    let sandbox = house.sandbox().await;
    Client { house, sandbox }
}

impl Client {
    /// One request below the service base, with Ana's token and these headers.
    pub(super) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.ask_as(&self.house.ana, method, path, headers, body.as_bytes().to_vec()).await
    }

    /// The same with another token, or none, and any bytes.
    pub(super) async fn ask_as(
        &self,
        token: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let uri = format!("/s/{}/fhir{path}", self.sandbox);
        let mut request = Request::builder().method(method).uri(uri).header("host", "practicum.test");
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.house.send(request.body(Body::from(body)).unwrap()).await
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "").await
    }

    /// The id of a new patient.
    pub(super) async fn patient(&self) -> String {
        let made = self.ask("POST", "/Patient", &[("content-type", "application/fhir+json")], PATIENT).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["id"].as_str().unwrap().to_owned()
    }

    /// The digest of the sandbox's state.
    pub(super) async fn digest(&self) -> String {
        let path = format!("/api/sandboxes/{}/digest", self.sandbox);
        self.house.ask("GET", &path, &self.house.ana, "").await.text
    }
}

/// Whether an answer is a refusal as FHIR has it: an OperationOutcome that says something.
pub(super) fn is_outcome(answer: &Answer) -> bool {
    let body = answer.json();
    let told = body["issue"][0]["diagnostics"].as_str().is_some_and(|text| text.len() > 10);
    answer.header("content-type") == FHIR_JSON && body["resourceType"] == "OperationOutcome" && told
}
