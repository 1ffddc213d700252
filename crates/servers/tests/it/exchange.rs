//! The second hospital, as it reads what patients consent to; the vault; and four validators to be watched.

#![allow(clippy::needless_pass_by_value, reason = "a request is written where it is sent")]

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::house::{Answer, House, house};

struct Region {
    house: House,
    sandbox: String,
    patients: Vec<String>,
}

async fn region() -> Region {
    let house = house();
    let sandbox = house.sandbox().await;
    let mut region = Region { house, sandbox, patients: Vec::new() };
    let found = region.ask("GET", "/fhir/Patient?_count=2", Value::Null).await.json();
    let id = |entry: &Value| entry["resource"]["id"].as_str().unwrap().to_owned();
    region.patients = found["entry"].as_array().unwrap().iter().map(id).collect();
    region
}

impl Region {
    async fn ask(&self, method: &str, path: &str, body: Value) -> Answer {
        let path = format!("/s/{}{path}", self.sandbox);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.house.ask(method, &path, &self.house.ana, &body).await
    }

    async fn rpc(&self, method: &str, params: Value) -> Value {
        let asked = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let answered = self.ask("POST", "/eth", asked).await.json();
        assert!(answered["result"] != Value::Null, "{method}: {answered}");
        answered["result"].clone()
    }

    /// A consent contract, asked by the gateway; the first patient is account 5, the second unknown to it.
    async fn set_up(&self) -> String {
        let made = self.rpc("practicum_deploy", json!([{"from": 0, "built": "Consent"}])).await;
        let contract = made["address"].as_str().unwrap().to_owned();
        let known = json!([{"id": self.patients[0], "account": "@5"}]);
        let set = json!({"contract": contract, "reader": "@9", "patients": known});
        assert_eq!(self.ask("PUT", "/exchange", set).await.status, StatusCode::OK);
        contract
    }

    async fn consent(&self, contract: &str, call: &str, with: Value) {
        self.rpc("practicum_send", json!([{"from": 5, "to": contract, "call": call, "with": with}])).await;
    }

    async fn read(&self, path: &str) -> u16 {
        self.ask("GET", &format!("/exchange/fhir/{path}"), Value::Null).await.status.as_u16()
    }
}

#[tokio::test]
async fn what_is_granted_is_read_and_what_is_revoked_is_not() {
    let region = region().await;
    let (first, second) = (region.patients[0].clone(), region.patients[1].clone());
    assert_eq!(region.read(&format!("Patient/{first}")).await, 409, "nobody has set the gateway");
    let contract = region.set_up().await;
    assert_eq!(region.read(&format!("Patient/{first}")).await, 403);
    region.consent(&contract, "grant(address,uint32,uint64)", json!(["@9", "1", "+86400"])).await;

    let request = Request::builder()
        .uri(format!("/s/{}/exchange/fhir/Patient/{first}", region.sandbox))
        .header("authorization", format!("Bearer {}", region.house.ana))
        .body(Body::empty())
        .unwrap();
    let granted = region.house.router.clone().oneshot(request).await.unwrap();
    assert_eq!(granted.status(), StatusCode::OK);
    let transaction = granted.headers()["consent-transaction"].to_str().unwrap();
    let receipt = region.rpc("eth_getTransactionReceipt", json!([transaction])).await;
    assert_eq!(receipt["logs"][0]["address"].as_str().unwrap().to_lowercase(), contract.to_lowercase());
    let block = granted.headers()["consent-block"].to_str().unwrap().to_owned();
    let (number, hash) = block.split_once(' ').unwrap();
    let number = format!("{:#x}", number.parse::<u64>().unwrap());
    assert_eq!(region.rpc("eth_getBlockByNumber", json!([number, false])).await["hash"], hash);

    assert_eq!(region.read(&format!("Observation?patient={first}")).await, 403, "not granted");
    assert_eq!(region.read(&format!("Patient/{second}")).await, 403, "never asked");
    assert_eq!(region.read("Patient/nobody").await, 403, "a refusal says nothing of who is here");
    region.consent(&contract, "revoke(address)", json!(["@9"])).await;
    assert_eq!(region.read(&format!("Patient/{first}")).await, 403, "taken back");
}

#[tokio::test]
async fn what_cannot_be_decided_for_one_patient_is_not_read() {
    let region = region().await;
    let contract = region.set_up().await;
    region.consent(&contract, "grant(address,uint32,uint64)", json!(["@9", "15", "+86400"])).await;
    let id = &region.patients[0];
    assert_eq!(region.read(&format!("Observation?patient={id}")).await, 200);
    for path in [
        "Observation".to_owned(),
        "Patient".to_owned(),
        "Patient?family=A".to_owned(),
        format!("Observation?patient={id},{}", region.patients[1]),
        format!("Observation?patient={id}&patient={}", region.patients[1]),
        format!("Observation?patient={id}&_include=Observation:subject"),
        format!("Observation?patient={id}&_revinclude=Provenance:target"),
        format!("Observation?patient={id}&subject:Patient.name=A"),
        format!("Patient/{id}/_history"),
        format!("Patient/{id}?_format=json"),
        "metadata".to_owned(),
    ] {
        assert_eq!(region.read(&path).await, 422, "{path}");
    }
    let bad = json!({"contract": "here", "reader": "@9", "patients": []});
    assert_eq!(region.ask("PUT", "/exchange", bad).await.status.as_u16(), 422);
    let no_answer = json!({"contract": "@3", "reader": "@9", "patients": [{"id": id, "account": "@5"}]});
    assert_eq!(region.ask("PUT", "/exchange", no_answer).await.status.as_u16(), 200);
    assert_eq!(region.read(&format!("Patient/{id}")).await, 403, "an account is no contract");
}

#[tokio::test]
async fn staff_show_a_credential_until_it_is_revoked() {
    let region = region().await;
    let contract = region.set_up().await;
    region.consent(&contract, "grant(address,uint32,uint64)", json!(["@9", "1", "+86400"])).await;
    let known = json!([{"id": region.patients[0], "account": "@5"}]);
    let set = json!({"contract": contract, "reader": "@9", "patients": known, "staff_only": true});
    region.ask("PUT", "/exchange", set).await;
    let issued = region
        .ask("POST", "/exchange/staff", json!({"name": "Ines Varga", "role": "cardiology"}))
        .await
        .json();
    let token = issued["credential"].as_str().unwrap().to_owned();
    let path = format!("/s/{}/exchange/fhir/Patient/{}", region.sandbox, region.patients[0]);
    let shown = |token: String| {
        let request = Request::builder()
            .uri(&path)
            .header("authorization", format!("Bearer {}", region.house.ana))
            .header("staff-credential", token)
            .body(Body::empty())
            .unwrap();
        let router = region.house.router.clone();
        async move { router.oneshot(request).await.unwrap().status().as_u16() }
    };
    assert_eq!(shown(token.clone()).await, 200);
    assert_eq!(shown(format!("{token}x")).await, 403, "a changed signature");
    assert_eq!(shown("nothing".to_owned()).await, 403);
    let number = &issued["number"];
    assert_eq!(region.ask("DELETE", "/exchange/staff/7", Value::Null).await.status.as_u16(), 404);
    assert_eq!(
        region.ask("DELETE", &format!("/exchange/staff/{number}"), Value::Null).await.status.as_u16(),
        204
    );
    assert_eq!(shown(token).await, 403, "revoked");
    let list = region.ask("GET", "/exchange/status", Value::Null).await.text;
    assert_eq!(list.split('.').count(), 3, "a signed list");
}

#[tokio::test]
async fn a_salt_that_is_destroyed_does_not_come_back() {
    let region = region().await;
    let commit = |value: &str| region.ask("POST", "/vault/a.7", json!({"value": value}));
    let first = commit("MRN-1").await.json();
    assert_eq!(commit("MRN-1").await.json(), first, "the same salt");
    assert_ne!(commit("MRN-2").await.json(), first);
    let snapshot = format!("/api/sandboxes/{}/snapshots", region.sandbox);
    let ana = &region.house.ana;
    assert!(region.house.ask("POST", &snapshot, ana, r#"{"name": "before"}"#).await.status.is_success());
    assert_eq!(region.ask("DELETE", "/vault/a.7", Value::Null).await.status.as_u16(), 204);
    assert_eq!(region.ask("DELETE", "/vault/a.7", Value::Null).await.status.as_u16(), 404);
    assert!(
        region.house.ask("POST", &format!("{snapshot}/before/return"), ana, "").await.status.is_success()
    );
    assert_eq!(region.ask("GET", "/vault", Value::Null).await.json()["names"], json!([]));
    assert_ne!(commit("MRN-1").await.json(), first, "another salt");
    assert_eq!(region.ask("POST", "/vault/a%20b", json!({"value": "x"})).await.status.as_u16(), 422);
}

#[tokio::test]
async fn a_run_is_played_and_its_liar_proven() {
    let region = region().await;
    let told = region.ask("GET", "/consensus?seed=11&liars=1&heights=3", Value::Null).await.json();
    assert!(told["validators"].as_array().unwrap().iter().all(|one| one["behaves"].is_null()), "it is drawn");
    assert!(told["forks"].is_null());
    let messages = told["messages"].as_array().unwrap();
    let at = |message: &Value| ["from", "kind", "height", "round"].map(|name| message[name].clone());
    let pair = messages.iter().enumerate().find_map(|(nth, one)| {
        let other = messages[nth + 1..].iter().find(|other| at(one) == at(other))?;
        Some((one, other))
    });
    let (one, other) = pair.expect("a liar says two things");
    let signed = |message: &Value| json!({"text": message["text"], "signature": message["signature"]});
    let evidence = |one: Value, other: Value| json!({"seed": 11, "validator": messages[0]["from"], "one": one, "other": other});
    let mut proof = evidence(signed(one), signed(other));
    proof["validator"] = one["from"].clone();
    assert_eq!(region.ask("POST", "/consensus/evidence", proof).await.status.as_u16(), 200);
    let mut same = evidence(signed(one), signed(one));
    same["validator"] = one["from"].clone();
    assert_eq!(region.ask("POST", "/consensus/evidence", same).await.status.as_u16(), 422);
    let stranger = json!({"seed": 11, "validator": "moon", "one": signed(one), "other": signed(other)});
    assert_eq!(region.ask("POST", "/consensus/evidence", stranger).await.status.as_u16(), 422);
    for bad in ["seed=x", "faults=honest", "faults=honest,honest,honest,asleep", "heights=99", "liars=3"] {
        assert_eq!(
            region.ask("GET", &format!("/consensus?{bad}"), Value::Null).await.status.as_u16(),
            400,
            "{bad}"
        );
    }
}

#[tokio::test]
async fn a_chain_is_left_behind_with_all_that_stood_on_it() {
    let region = region().await;
    region.set_up().await;
    region.rpc("practicum_begin", json!([])).await;
    assert_eq!(region.rpc("eth_blockNumber", json!([])).await, "0x0");
    region.rpc("practicum_deploy", json!([{"from": 0, "built": "Register"}])).await;
    assert_eq!(region.rpc("eth_blockNumber", json!([])).await, "0x1");
    let refused = json!({"jsonrpc": "2.0", "id": 1, "method": "practicum_interface", "params": ["0x12", []]});
    assert_eq!(region.ask("POST", "/eth", refused).await.json()["error"]["code"], -32602);
}
