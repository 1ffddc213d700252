//! The hospital calls services of others, as its pages and its API have it.

use std::sync::{Arc, Mutex};

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::house::{Answer, House, house};
use crate::pages::Browser;

/// A program of a learner: what it answers to calls, and what it was sent.
#[derive(Clone)]
struct Program {
    says: Arc<Mutex<(u16, Value)>>,
    heard: Arc<Mutex<Vec<(String, Value)>>>,
    url: String,
}

impl Program {
    /// Lets it answer on a port of this machine; it is for order-sign.
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let says = Arc::new(Mutex::new((200, json!({"cards": []}))));
        let program = Self { says, heard: Arc::default(), url };
        let own = program.clone();
        let router = Router::new().fallback(move |uri: Uri, body: Bytes| {
            let answer = own.answer(uri.path(), &body);
            async move { answer }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        program
    }

    fn answer(&self, path: &str, body: &[u8]) -> Response {
        if path == "/cds-services" {
            let service = json!({"id": "mine", "hook": "order-sign", "title": "Mine", "description": "Of my own.",
                "prefetch": {"patient": "Patient/{{context.patientId}}", "all": "Patient?_count=50",
                    "none": "Encounter/{{context.encounterId}}"}});
            return Json(json!({"services": [service]})).into_response();
        }
        let body = serde_json::from_slice(body).unwrap_or_default();
        self.heard.lock().unwrap().push((path.to_owned(), body));
        let (status, said) = self.says.lock().unwrap().clone();
        (StatusCode::from_u16(status).unwrap(), Json(said)).into_response()
    }

    fn say(&self, status: u16, body: Value) {
        *self.says.lock().unwrap() = (status, body);
    }

    fn heard(&self) -> Vec<(String, Value)> {
        self.heard.lock().unwrap().clone()
    }
}

/// A hospital with a patient and a draft, which calls a program.
struct Ward {
    house: House,
    sandbox: String,
    patient: String,
    program: Program,
}

async fn ward() -> Ward {
    let house = house();
    let sandbox = house.sandbox().await;
    let patient = house.patient(&sandbox).await;
    let program = Program::start().await;
    let ward = Ward { house, sandbox, patient, program };
    let draft = json!({"patient": ward.patient, "orderable": "med-ibuprofen"});
    assert_eq!(ward.post("commands/draft_order", &draft).await.status, StatusCode::OK);
    let registered = ward.post("cds-client", &json!({"url": ward.program.url})).await;
    assert_eq!(registered.status, StatusCode::CREATED, "{}", registered.text);
    ward
}

impl Ward {
    async fn post(&self, path: &str, body: &Value) -> Answer {
        let path = format!("/s/{}/{path}", self.sandbox);
        self.house.ask("POST", &path, &self.house.ana, &body.to_string()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.house.ask("GET", &format!("/s/{}/{path}", self.sandbox), &self.house.ana, "").await
    }

    /// What the program's service told at signing.
    async fn ask(&self) -> Value {
        let asked = self.post("cds-hooks/order-sign", &json!({"patient": self.patient})).await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
        asked.json()["services"][0].clone()
    }

    async fn drafts(&self) -> Vec<Value> {
        let path = format!("fhir/MedicationRequest?patient={}&status=draft", self.patient);
        let found = self.get(&path).await.json();
        let entries = found["entry"].as_array().cloned().unwrap_or_default();
        entries.into_iter().map(|entry| entry["resource"].clone()).collect()
    }
}

fn card(actions: &Value) -> Value {
    json!({"cards": [{
        "uuid": "c1",
        "summary": "Think again",
        "indicator": "warning",
        "source": {"label": "Mine"},
        "selectionBehavior": "any",
        "suggestions": [{"label": "Do it", "uuid": "s1", "actions": actions}],
        "overrideReasons": [{"code": "known", "system": "s", "display": "Known already"}],
    }]})
}

#[tokio::test]
async fn a_call_carries_the_moment_and_what_the_token_opens() {
    let ward = ward().await;
    let told = ward.ask().await;
    assert_eq!((&told["outcome"], &told["cards"]), (&json!("ok"), &json!([])));
    let (path, body) = ward.program.heard().remove(0);
    assert_eq!(path, "/cds-services/mine");
    assert_eq!(body["context"]["patientId"], ward.patient.as_str());
    assert_eq!(body["context"]["draftOrders"]["entry"].as_array().map(Vec::len), Some(1));
    assert_eq!(body["prefetch"]["patient"]["id"], ward.patient.as_str());
    let seen = body["prefetch"]["all"]["entry"].as_array().unwrap();
    assert_eq!(seen.len(), 1, "of everybody it is told of the one patient");
    assert_eq!(body["prefetch"].get("none"), None, "what cannot be filled in is left out");
    assert_eq!(body["fhirAuthorization"]["scope"], "patient/*.rs");
    let kept = ward.get("cds-client/mine").await.json();
    let request = kept["last"][0]["request"].as_str().unwrap();
    assert!(request.contains("(secret)") && !request.contains("pat_"), "{request}");
    let journal = ward.get("journal").await.text;
    assert!(journal.contains("cds.call") && journal.contains("cds.register"));
}

#[tokio::test]
async fn a_suggestion_is_taken_once_and_an_override_is_told() {
    let ward = ward().await;
    let name = format!("MedicationRequest/{}", ward.drafts().await[0]["id"].as_str().unwrap());
    let delete = json!([{"type": "delete", "description": "End it.", "resourceId": name}]);
    ward.program.say(200, card(&delete));
    let (first, second) = (ward.ask().await, ward.ask().await);
    let place = |told: &Value| format!("cds-client/mine/{}/0", told["call"]);
    let overridden = ward.post(&place(&first), &json!({"reason": "known"})).await;
    assert_eq!(overridden.status, StatusCode::OK, "{}", overridden.text);
    let again = ward.post(&place(&first), &json!({"suggestion": 0})).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "it is answered already: {}", again.text);
    let third = ward.ask().await;
    assert_eq!(third["cards"][0]["response"], "overridden", "nobody is asked the same thing twice");
    let taken = ward.post(&place(&second), &json!({"suggestion": 0})).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    assert_eq!(ward.drafts().await, Vec::<Value>::new());
    let told = |word: &str| {
        let heard = ward.program.heard();
        let mut feedback = heard.iter().filter(|(path, _)| path.ends_with("/feedback"));
        feedback.any(|(_, body)| body["feedback"][0]["outcome"] == word)
    };
    // It is told by threads of their own.
    while !(told("accepted") && told("overridden")) {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_suggestion_writes_drafts_for_this_patient_and_nothing_else() {
    let ward = ward().await;
    let other = ward.house.patient(&ward.sandbox).await;
    let order = |patient: &str, status: &str| {
        json!({"resourceType": "MedicationRequest", "status": status, "intent": "order",
            "medicationCodeableConcept": {"text": "x"}, "subject": {"reference": format!("Patient/{patient}")}})
    };
    let create = |resource: Value| json!([{"type": "create", "description": "It.", "resource": resource}]);
    let cases = [
        (create(order(&other, "draft")), "another patient"),
        (create(order(&ward.patient, "active")), "drafts"),
        (create(json!({"resourceType": "Patient"})), "not Patient"),
        (
            json!([{"type": "delete", "description": "It.", "resourceId": format!("Patient/{other}")}]),
            "not Patient",
        ),
        (
            json!([{"type": "delete", "description": "It.", "resourceId": "MedicationRequest/gone"}]),
            "any more",
        ),
    ];
    let before = ward.drafts().await;
    for (actions, why) in cases {
        ward.program.say(200, card(&actions));
        let told = ward.ask().await;
        let answer =
            ward.post(&format!("cds-client/mine/{}/0", told["call"]), &json!({"suggestion": 0})).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{actions}: {}", answer.text);
        assert!(answer.text.contains(why), "{actions}: {}", answer.text);
    }
    assert_eq!(ward.drafts().await, before);
    ward.program.say(200, card(&create(order(&ward.patient, "draft"))));
    let told = ward.ask().await;
    let answer = ward.post(&format!("cds-client/mine/{}/0", told["call"]), &json!({"suggestion": 0})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(ward.drafts().await.len(), before.len() + 1);
}

#[tokio::test]
async fn a_service_that_fails_rests_and_says_why() {
    let ward = ward().await;
    ward.program.say(500, json!({}));
    for _ in 0..3 {
        assert_eq!(ward.ask().await["outcome"], "failed");
    }
    let calls = ward.program.heard().len();
    assert_eq!(ward.ask().await["outcome"], "resting");
    assert_eq!(ward.program.heard().len(), calls, "it is left alone");
    ward.program.say(412, json!({}));
    assert_eq!(ward.post("cds-client", &json!({"url": ward.program.url})).await.status, StatusCode::CREATED);
    for _ in 0..4 {
        assert_eq!(ward.ask().await["outcome"], "refused", "whoever says that it cannot judge is well");
    }
}

#[tokio::test]
async fn what_a_service_says_is_shown_and_never_run() {
    let ward = ward().await;
    let mut said = card(&json!([]));
    said["cards"][0]["summary"] = "<script>alert(1)</script>".into();
    said["cards"][0]["detail"] = "**bold** <img src=x onerror=alert(1)> [go](javascript:alert(1))".into();
    ward.program.say(200, said.clone());
    let path = format!("/sandboxes/{}/patients/{}/advice?hook=order-sign", ward.sandbox, ward.patient);
    let page = Browser::of(&ward.house, "ana").get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("<strong>bold</strong>") && page.text.contains("&lt;script&gt;"));
    for evil in ["<script>alert", "<img src=x", "href=\"javascript:"] {
        assert!(!page.text.contains(evil), "{evil}: {}", page.text);
    }
    said["cards"][0]["links"] = json!([{"label": "Go", "url": "javascript:alert(1)", "type": "absolute"}]);
    ward.program.say(200, said);
    let told = ward.ask().await;
    assert_eq!(told["outcome"], "invalid", "{told}");
    assert!(told["why"][0].as_str().unwrap().starts_with("cards[0].links[0].url"), "{told}");
}

#[tokio::test]
async fn what_is_no_service_is_not_registered() {
    let ward = ward().await;
    for url in [
        "http://169.254.169.254",
        "http://[fe80::1]",
        "ftp://127.0.0.1",
        "http://a:b@127.0.0.1",
        "http://127.0.0.1:1",
        "",
    ] {
        let refused = ward.post("cds-client", &json!({"url": url})).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}: {}", refused.text);
        assert!(refused.json()["problems"][0].is_string(), "{url}: {}", refused.text);
    }
    let others = ward.house.ask("GET", &format!("/s/{}/cds-client", ward.sandbox), &ward.house.bo, "").await;
    assert!(matches!(others.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{}", others.text);
    let nurse = ward.post("role", &json!({"role": "nurse"})).await;
    assert_eq!(nurse.status, StatusCode::OK, "{}", nurse.text);
    let denied = ward.post("cds-client", &json!({"url": ward.program.url})).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN, "{}", denied.text);
}
