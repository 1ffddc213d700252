//! A backend service that shows its public keys at an address of its own, and changes them.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{StatusCode, header};
use identity::signing::SigningKey;
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::App;
use crate::house::Answer;

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What the service answers who asks for its keys: a status, a body, and for how long it is good.
type Shown = (StatusCode, String, &'static str);

/// A service with a port of this machine.
struct Service {
    app: App,
    client: String,
    url: String,
    shown: Arc<Mutex<Shown>>,
    asked: Arc<Mutex<usize>>,
}

fn key(id: &str) -> SigningKey {
    SigningKey::make(id, &SystemRandom::new()).unwrap()
}

fn jwks(keys: &[&SigningKey]) -> String {
    let keys: Vec<Value> = keys.iter().map(|key| key.public(&SystemRandom::new()).unwrap()).collect();
    json!({"keys": keys}).to_string()
}

impl Service {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/jwks", listener.local_addr().unwrap());
        let shown: Arc<Mutex<Shown>> = Arc::new(Mutex::new((StatusCode::OK, String::new(), "max-age=600")));
        let asked: Arc<Mutex<usize>> = Arc::default();
        let (said, count) = (Arc::clone(&shown), Arc::clone(&asked));
        let router = Router::new().fallback(move || {
            *count.lock().unwrap() += 1;
            let (status, body, kept) = said.lock().unwrap().clone();
            async move { (status, [(header::CACHE_CONTROL, kept)], body) }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        let app = App::new("patient/*.rs").await;
        let registered = app.register(&registration(&url)).await;
        assert_eq!(registered["jwks_uri"], url.as_str());
        let client = registered["client_id"].as_str().unwrap().to_owned();
        Self { app, client, url, shown, asked }
    }

    fn show(&self, body: String) {
        self.shown.lock().unwrap().1 = body;
    }

    fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }

    fn claims(&self, id: &str) -> Value {
        let audience = format!("http://practicum.test/s/{}/auth/token", self.app.sandbox);
        let now_s = platform::clock::Clock::now_us(&*self.app.house.clock) / 1_000_000;
        json!({"iss": self.client, "sub": self.client, "aud": audience, "exp": now_s + 200, "jti": id})
    }

    async fn token(&self, key: &SigningKey, id: &str) -> Answer {
        self.with(&key.sign(&self.claims(id), &SystemRandom::new()).unwrap()).await
    }

    async fn with(&self, assertion: &str) -> Answer {
        let fields = [
            ("grant_type", "client_credentials"),
            ("scope", "system/Patient.rs"),
            ("client_assertion_type", JWT_BEARER),
            ("client_assertion", assertion),
        ];
        self.app.post("token", &fields).await
    }

    fn later(&self, seconds: i64) {
        self.app.house.clock.advance(seconds * 1_000_000);
    }
}

fn registration(url: &str) -> Value {
    json!({
        "client_name": "Nightly export", "redirect_uris": [], "token_endpoint_auth_method": "private_key_jwt",
        "grant_types": ["client_credentials"], "scope": "system/*.rs", "jwks_uri": url,
    })
}

fn refused(answer: &Answer, word: &str) {
    assert_eq!(answer.json()["error"], "invalid_client", "{}", answer.text);
    assert!(answer.text.contains(word), "{}, not {word}", answer.text);
}

#[tokio::test]
async fn a_service_changes_its_keys_when_it_likes() {
    let service = Service::start().await;
    let (old, new) = (key("old"), key("new"));
    service.show(jwks(&[&old]));
    let given = service.token(&old, "1").await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.text);
    assert_eq!(service.token(&old, "2").await.status, StatusCode::OK);
    assert_eq!(service.asked(), 1, "keys that are good are not asked for again");
    refused(&service.token(&old, "2").await, "used before");

    service.show(jwks(&[&old, &new]));
    service.later(10);
    assert_eq!(
        service.token(&new, "3").await.status,
        StatusCode::OK,
        "a key that was not known is asked for"
    );
    service.show(jwks(&[&new]));
    assert_eq!(service.token(&old, "4").await.status, StatusCode::OK, "as long as its keys are good");
    service.later(600);
    refused(&service.token(&old, "5").await, "registered key");
    assert_eq!(service.token(&new, "6").await.status, StatusCode::OK);
    let token = given.json()["access_token"].as_str().unwrap().to_owned();
    let introspected = service.app.post("introspect", &[("token", &token)]).await;
    refused(&introspected, "which client");
    let path = format!("/s/{}/journal?kind=auth.keys", service.app.sandbox);
    let told = service.app.house.ask("GET", &path, &service.app.house.ana, "").await;
    assert!(told.text.contains(&service.url) && told.text.contains(&service.client), "{}", told.text);
}

#[tokio::test]
async fn names_of_keys_that_are_invented_cause_no_flood() {
    let service = Service::start().await;
    let own = key("own");
    service.show(jwks(&[&own]));
    assert_eq!(service.token(&own, "0").await.status, StatusCode::OK);
    for round in 0..5 {
        refused(&service.token(&key(&format!("invented-{round}")), "1").await, "registered key");
    }
    assert_eq!(service.asked(), 1);
    service.later(11);
    for round in 0..5 {
        refused(&service.token(&key(&format!("invented-{round}")), "1").await, "registered key");
    }
    assert_eq!(service.asked(), 2);
    refused(&service.token(&key("own"), "2").await, "registered key");
    assert_eq!(service.token(&own, "3").await.status, StatusCode::OK, "the real one is good all the while");
}

#[tokio::test]
async fn a_server_of_keys_that_is_broken_opens_nothing_and_is_left_alone_a_while() {
    let service = Service::start().await;
    let own = key("own");
    let big = format!("{{\"keys\": [], \"x\": \"{}\"}}", "a".repeat(300 * 1024));
    let private = json!({"keys": [{"kty": "EC", "crv": "P-384", "kid": "own", "d": "AA"}]}).to_string();
    let wrong: [(StatusCode, String, &str); 5] = [
        (StatusCode::NOT_FOUND, jwks(&[&own]), "404"),
        // What stands behind a redirect is not fetched.
        (StatusCode::FOUND, jwks(&[&own]), "302"),
        (StatusCode::OK, "<html>".to_owned(), "JSON"),
        (StatusCode::OK, big, "longer than"),
        (StatusCode::OK, private, "private key"),
    ];
    for (at, (status, body, word)) in wrong.into_iter().enumerate() {
        *service.shown.lock().unwrap() = (status, body, "max-age=600");
        refused(&service.token(&own, "1").await, word);
        service.show(jwks(&[&own]));
        refused(&service.token(&own, "1").await, word);
        assert_eq!(service.asked(), at + 1, "asked once, and left alone");
        service.later(10);
    }
    *service.shown.lock().unwrap() = (StatusCode::OK, jwks(&[&own]), "no-store");
    assert_eq!(service.token(&own, "1").await.status, StatusCode::OK, "no broken answer used it up");
}

#[tokio::test]
async fn nobody_makes_this_server_call_addresses() {
    let service = Service::start().await;
    let own = key("own");
    service.show(jwks(&[&own]));
    // An address in the assertion itself is not the one that was registered.
    let elsewhere = json!({"alg": "ES384", "kid": "own", "jku": "http://127.0.0.1:1/jwks"});
    let part = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let pointed = format!("{}.{}.AAAA", part(&elsewhere), part(&service.claims("1")));
    refused(&service.with(&pointed).await, "jku");
    // Who is nobody here cannot have keys fetched.
    let path = format!("/s/{}/auth/register", service.app.sandbox);
    let mut app = registration(&service.url);
    app["grant_types"] = json!(["authorization_code"]);
    app["redirect_uris"] = json!(["https://app.example/cb"]);
    let strange = service.app.house.ask("POST", &path, "", &app.to_string()).await;
    assert_eq!(strange.json()["error"], "invalid_client_metadata", "{}", strange.text);
    // Nor can the owner have a machine asked about itself.
    for address in ["https://169.254.169.254/latest/meta-data", "https://[::ffff:169.254.169.254]/"] {
        let registered = service.app.register(&registration(address)).await;
        let client = registered["client_id"].as_str().unwrap();
        let mut claims = service.claims("1");
        (claims["iss"], claims["sub"]) = (json!(client), json!(client));
        let answer = service.with(&own.sign(&claims, &SystemRandom::new()).unwrap()).await;
        refused(&answer, "not dialled from here");
    }
}

/// What a forger changes, and a word of the refusal. Each is otherwise what the token endpoint takes.
#[tokio::test]
async fn forged_assertions_are_refused_at_the_door() {
    let service = Service::start().await;
    let own = key("own");
    let shown = jwks(&[&own]);
    service.show(shown.clone());
    let part = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = |header: Value| format!("{}.{}", part(&header), part(&service.claims("1")));
    let unsigned = signed(json!({"alg": "none", "kid": "own"}));
    // The public key taken for a shared secret.
    let confused = signed(json!({"alg": "HS384", "kid": "own"}));
    let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA384, shown.as_bytes());
    let tag = ring::hmac::sign(&secret, confused.as_bytes());
    let tag = data_encoding::BASE64URL_NOPAD.encode(tag.as_ref());
    let with = |name: &str, value: Value| {
        let mut claims = service.claims("1");
        claims[name] = value;
        own.sign(&claims, &SystemRandom::new()).unwrap()
    };
    let now_s = platform::clock::Clock::now_us(&*service.app.house.clock) / 1_000_000;
    let elsewhere = "http://practicum.test/s/anothersb/auth/token";
    let cases = [
        (format!("{unsigned}."), "none"),
        (format!("{confused}.{tag}"), "HS384"),
        (with("aud", json!(elsewhere)), "aud"),
        (with("aud", json!("http://practicum.test")), "aud"),
        (with("iss", json!("another")), "iss"),
        (with("exp", json!(now_s - 60)), "expired"),
        (with("exp", json!(now_s + 3600)), "too long"),
        (with("jti", json!(null)), "jti"),
        ("a.b.c".to_owned(), "which client"),
    ];
    for (assertion, word) in cases {
        refused(&service.with(&assertion).await, word);
    }
    assert_eq!(service.token(&own, "1").await.status, StatusCode::OK, "the true one is taken");
    let wider = [
        ("grant_type", "client_credentials"),
        ("scope", "system/Patient.cruds user/*.rs openid"),
        ("client_assertion_type", JWT_BEARER),
        ("client_assertion", &with("jti", json!("2"))),
    ];
    let given = service.app.post("token", &wider).await.json();
    assert_eq!(given["scope"], "system/Patient.rs", "no more than was registered: {given}");
}
