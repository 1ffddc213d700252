//! A journal followed as it grows.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use crate::house::{House, house};

/// What a client of server-sent events has received and not yet looked at.
pub(crate) struct Client {
    body: Body,
    text: String,
}

impl Client {
    pub(crate) async fn connect(house: &House, address: &str, last_event: Option<i64>) -> Self {
        let mut request = Request::get(address)
            .header("authorization", format!("Bearer {}", house.ana))
            .header("accept", "text/event-stream");
        if let Some(seq) = last_event {
            request = request.header("last-event-id", seq);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = house.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { body: response.into_body(), text: String::new() }
    }

    /// The next event's name and data; `None` at the end of the stream.
    pub(crate) async fn event(&mut self) -> Option<(String, Value)> {
        let (_, name, data) = self.receive().await?;
        Some((name, data))
    }

    /// The next journal entry as `seq kind`; `None` at the end of the stream.
    async fn next(&mut self) -> Option<String> {
        let (id, name, entry) = self.receive().await?;
        assert_eq!((name.as_str(), entry["seq"].to_string()), ("entry", id.clone()));
        Some(format!("{id} {}", entry["kind"].as_str().unwrap()))
    }

    async fn receive(&mut self) -> Option<(String, String, Value)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let mut lines = event.lines();
                    lines.find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned()
                };
                let received =
                    (field("id: "), field("event: "), serde_json::from_str(&field("data: ")).unwrap());
                self.text = rest.to_owned();
                return Some(received);
            }
            let frame = tokio::time::timeout(Duration::from_secs(5), self.body.frame());
            let bytes = frame.await.expect("an event within five seconds")?.unwrap().into_data().unwrap();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    async fn expect(&mut self, events: &[&str]) {
        for event in events {
            assert_eq!(self.next().await.as_deref(), Some(*event));
        }
    }
}

async fn post(house: &House, address: &str, body: &str) {
    let answer = house.ask("POST", address, &house.ana, body).await;
    assert!(answer.status.is_success(), "{address}: {}", answer.text);
}

#[tokio::test]
async fn a_follower_sees_what_was_and_then_what_happens_to_the_end() {
    let house = house();
    let id = house.sandbox().await;
    let at = format!("/s/{id}/journal");
    let mut client = Client::connect(&house, &at, None).await;
    client.expect(&["1 sandbox.started"]).await;
    house.patient(&id).await;
    client.expect(&["2 fhir.create"]).await;
    house.ask("GET", &format!("/s/{id}/fhir/Patient?_count=1"), &house.ana, "").await;
    client.expect(&["3 fhir.search"]).await;

    let mut late = Client::connect(&house, &at, Some(2)).await;
    late.expect(&["3 fhir.search"]).await;
    let mut writes = Client::connect(&house, &format!("{at}?kind=fhir.create&after=2"), None).await;
    house.patient(&id).await;
    writes.expect(&["4 fhir.create"]).await;
    late.expect(&["4 fhir.create"]).await;

    let gone = house.ask("DELETE", &format!("/api/sandboxes/{id}"), &house.ana, "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    for client in [&mut late, &mut writes] {
        assert_eq!(client.next().await, None, "the stream ends with the sandbox");
    }
}

#[tokio::test]
async fn a_follower_goes_on_through_resets_and_returns() {
    let house = house();
    let id = house.sandbox().await;
    let sandbox = format!("/api/sandboxes/{id}");
    let mut client = Client::connect(&house, &format!("/s/{id}/journal"), None).await;
    post(&house, &format!("{sandbox}/snapshots"), r#"{"name": "a"}"#).await;
    house.patient(&id).await;
    house.patient(&id).await;
    client.expect(&["1 sandbox.started", "2 sandbox.snapshot", "3 fhir.create", "4 fhir.create"]).await;
    post(&house, &format!("{sandbox}/snapshots/a/return"), "").await;
    client.expect(&["3 sandbox.returned"]).await;
    post(&house, &format!("{sandbox}/reset"), "").await;
    client.expect(&["1 sandbox.reset"]).await;
    house.patient(&id).await;
    client.expect(&["2 fhir.create"]).await;
    let mut stale = Client::connect(&house, &format!("/s/{id}/journal"), Some(99)).await;
    stale.expect(&["1 sandbox.reset", "2 fhir.create"]).await;
}

#[tokio::test]
async fn a_follower_who_does_not_read_holds_nobody_up() {
    let house = house();
    let id = house.sandbox().await;
    let mut client = Client::connect(&house, &format!("/s/{id}/journal?kind=fhir.create"), None).await;
    for _ in 0..200 {
        house.patient(&id).await;
    }
    for seq in 2..202 {
        client.expect(&[&format!("{seq} fhir.create")]).await;
    }
}

#[tokio::test]
async fn nobody_follows_what_is_not_theirs() {
    let house = house();
    let id = house.sandbox().await;
    for (token, status) in [("", StatusCode::UNAUTHORIZED), (house.bo.as_str(), StatusCode::NOT_FOUND)] {
        let request = Request::get(format!("/s/{id}/journal"))
            .header("authorization", format!("Bearer {token}"))
            .header("accept", "text/event-stream")
            .body(Body::empty())
            .unwrap();
        assert_eq!(house.send(request).await.status, status);
    }
}
