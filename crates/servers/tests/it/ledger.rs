//! The transparency log as somebody outside meets it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use platform::transparency::{EntryProof, GrowthProof, Note, Policy, PublicKey, Unproven};
use tower::ServiceExt;

use crate::house::{Answer, House, house};

struct Outside {
    house: House,
    sandbox: String,
}

async fn outside() -> Outside {
    let house = house();
    let sandbox = house.sandbox().await;
    Outside { house, sandbox }
}

impl Outside {
    async fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let path = format!("/s/{}{path}", self.sandbox);
        self.house.ask(method, &path, &self.house.ana, body).await
    }

    async fn log(&self, path: &str) -> String {
        let answer = self.ask("GET", &format!("/log{path}"), "").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        answer.text
    }

    async fn post(&self, path: &str, body: &str) {
        let answer = self.ask("POST", path, body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
    }

    /// Journals something.
    async fn happens(&self) {
        self.ask("GET", "/fhir/Patient?_count=1", "").await;
    }

    async fn policy(&self, quorum: usize) -> Policy {
        let told: serde_json::Value = serde_json::from_str(&self.log("").await).unwrap();
        let key = |value: &serde_json::Value| PublicKey::parse(value["key"].as_str().unwrap()).unwrap();
        let witnesses = told["witnesses"].as_array().unwrap().iter().map(key).collect();
        Policy { log: key(&told), witnesses, quorum }
    }

    /// What a verifier says of an entry of the archive.
    async fn entry(&self, index: u64) -> Result<(), Unproven> {
        let bytes = self.bytes(index).await;
        let proof = EntryProof::parse(&self.log(&format!("/proofs/{index}")).await).unwrap();
        self.policy(3).await.entry(&bytes, &proof).map(|_| ())
    }

    async fn bytes(&self, index: u64) -> Vec<u8> {
        let request = Request::builder()
            .uri(format!("/s/{}/log/entries/{index}", self.sandbox))
            .header("host", "practicum.test")
            .header("authorization", format!("Bearer {}", self.house.ana));
        let answer = self.house.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        answer.into_body().collect().await.unwrap().to_bytes().to_vec()
    }

    async fn size(&self) -> u64 {
        serde_json::from_str::<serde_json::Value>(&self.log("").await).unwrap()["size"].as_u64().unwrap()
    }
}

#[tokio::test]
async fn every_entry_is_proven_to_somebody_who_has_only_keys() {
    let outside = outside().await;
    for _ in 0..9 {
        outside.happens().await;
    }
    let size = outside.size().await;
    assert!(size >= 9, "{size}");
    for index in 0..size {
        outside.entry(index).await.unwrap();
    }
    let older = Note::parse(&outside.log("/checkpoint").await).unwrap();
    outside.happens().await;
    let growth = GrowthProof::parse(&outside.log(&format!("/growth/{size}")).await).unwrap();
    outside.policy(3).await.growth(&older, &growth).unwrap();
}

#[tokio::test]
async fn an_edited_archive_is_found_at_that_entry() {
    let outside = outside().await;
    for _ in 0..6 {
        outside.happens().await;
    }
    outside.post("/log/entries/3", r#"{"actor": "somebody else"}"#).await;
    for index in 0..6 {
        assert_eq!(outside.entry(index).await.is_err(), index == 3, "entry {index}");
    }
    let journal = outside
        .house
        .ask("GET", &format!("/s/{}/journal/verify", outside.sandbox), &outside.house.ana, "")
        .await;
    assert!(journal.text.contains("\"sound\":true"), "the journal itself was touched: {}", journal.text);
}

#[tokio::test]
async fn a_witness_refuses_the_second_history_and_comparing_shows_it() {
    let outside = outside().await;
    for _ in 0..6 {
        outside.happens().await;
    }
    assert_eq!(outside.ask("GET", "/log/checkpoint?history=second", "").await.status, StatusCode::CONFLICT);
    outside.log("/checkpoint").await;
    outside
        .post(
            "/log/operator",
            r#"{"second": {"index": 2, "edit": {"actor": "nobody"}, "shown_to": ["county"]}}"#,
        )
        .await;
    let second = Note::parse(&outside.log("/checkpoint?history=second").await).unwrap();
    assert!(outside.policy(1).await.checkpoint(&second).is_err());
    assert!(outside.log("").await.contains("does not contain the"));
    outside.post("/log/witnesses/county", r#"{"conduct": "lying"}"#).await;
    let second = outside.log("/growth/0?history=second").await;
    let second = GrowthProof::parse(&second).unwrap();
    outside.policy(1).await.checkpoint(&second.checkpoint).unwrap();
    let first = Note::parse(&outside.log("/checkpoint").await).unwrap();
    outside.policy(2).await.checkpoint(&first).unwrap();
    let compared = outside.policy(0).await.growth(&first, &second);
    assert!(matches!(compared, Err(Unproven::TwoHistories { .. })), "{compared:?}");
}

#[tokio::test]
async fn a_reset_takes_nothing_out_of_the_log() {
    let outside = outside().await;
    outside.happens().await;
    let older = Note::parse(&outside.log("/checkpoint").await).unwrap();
    let size = outside.size().await;
    outside.happens().await;
    let reset = format!("/api/sandboxes/{}/reset", outside.sandbox);
    assert!(outside.house.ask("POST", &reset, &outside.house.ana, "").await.status.is_success());
    outside.happens().await;
    let after = outside.size().await;
    assert!(after >= size + 3, "the entry before the reset, the reset, and one more: {after} after {size}");
    let growth = GrowthProof::parse(&outside.log(&format!("/growth/{size}")).await).unwrap();
    outside.policy(3).await.growth(&older, &growth).unwrap();
    for index in 0..after {
        outside.entry(index).await.unwrap();
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_changes_nothing() {
    let outside = outside().await;
    outside.happens().await;
    let before = outside.log("").await;
    let cases = [
        ("GET", "/log/entries/999", "", 404),
        ("GET", "/log/entries/-1", "", 404),
        ("GET", "/log/proofs/999", "", 404),
        ("GET", "/log/growth/999", "", 404),
        ("GET", "/log/checkpoint?history=third", "", 400),
        ("GET", "/log/elsewhere", "", 404),
        ("POST", "/log/entries/0", "{", 422),
        ("POST", "/log/entries/0", r#"{"hash": "x"}"#, 422),
        ("POST", "/log/entries/999", "{}", 404),
        ("POST", "/log/operator", r#"{"second": {"index": 0, "edit": {}, "shown_to": ["moon"]}}"#, 404),
        ("POST", "/log/witnesses/moon", r#"{"conduct": "lying"}"#, 404),
        ("POST", "/log/witnesses/county", r#"{"conduct": "asleep"}"#, 422),
    ];
    for (method, path, body, status) in cases {
        let answer = outside.ask(method, path, body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path} {body}: {}", answer.text);
    }
    assert_eq!(outside.log("").await, before);
    for (token, status) in [("", 401), (outside.house.bo.as_str(), 404)] {
        let path = format!("/s/{}/log/checkpoint", outside.sandbox);
        assert_eq!(outside.house.ask("GET", &path, token, "").await.status.as_u16(), status);
    }
}

impl Outside {
    async fn rpc(&self, method: &str, params: &str) -> serde_json::Value {
        let body = format!(r#"{{"jsonrpc": "2.0", "id": 7, "method": "{method}", "params": {params}}}"#);
        self.ask("POST", "/eth", &body).await.json()
    }

    async fn pay(&self) {
        let accounts = self.rpc("eth_accounts", "[]").await;
        let (from, to) = (&accounts["result"][0], &accounts["result"][1]);
        let paid = self
            .rpc("eth_sendTransaction", &format!(r#"[{{"from": {from}, "to": {to}, "value": "0x1"}}]"#))
            .await;
        assert!(paid["result"].is_string(), "{paid}");
    }

    async fn head(&self) -> String {
        self.rpc("eth_blockNumber", "[]").await["result"].as_str().unwrap_or_default().to_owned()
    }

    async fn past(&self, path: &str, body: &str) {
        let path = format!("/api/sandboxes/{}/{path}", self.sandbox);
        let answer = self.house.ask("POST", &path, &self.house.ana, body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_chain_goes_back_with_its_hospital() {
    let outside = outside().await;
    assert_eq!(outside.head().await, "0x0");
    outside.pay().await;
    outside.past("snapshots", r#"{"name": "paid"}"#).await;
    let block = outside.rpc("eth_getBlockByNumber", r#"["latest", true]"#).await;
    outside.pay().await;
    assert_eq!(outside.head().await, "0x2");
    outside.past("snapshots/paid/return", "").await;
    assert_eq!(outside.head().await, "0x1");
    assert_eq!(outside.rpc("eth_getBlockByNumber", r#"["latest", true]"#).await, block);
    outside.past("reset", "").await;
    assert_eq!(outside.head().await, "0x0");
}

#[tokio::test]
async fn what_waits_for_a_block_waits_again_when_the_chain_is_read_anew() {
    let outside = outside().await;
    outside.rpc("evm_setAutomine", "[false]").await;
    outside.pay().await;
    outside.past("snapshots", r#"{"name": "waiting"}"#).await;
    let waiting = outside.rpc("eth_pendingTransactions", "[]").await["result"].clone();
    assert_eq!((waiting.as_array().map(Vec::len), outside.head().await.as_str()), (Some(1), "0x0"));
    let filter = outside.rpc("eth_newBlockFilter", "[]").await["result"].clone();
    outside.rpc("evm_mine", "[]").await;
    assert_eq!(outside.rpc("eth_pendingTransactions", "[]").await["result"], serde_json::json!([]));
    // Going back reads the journal, as a restart does.
    outside.past("snapshots/waiting/return", "").await;
    assert_eq!(outside.rpc("eth_pendingTransactions", "[]").await["result"], waiting);
    let forgotten = outside.rpc("eth_getFilterChanges", &format!("[{filter}]")).await;
    assert!(forgotten["error"]["message"].as_str().unwrap().contains("make it anew"), "{forgotten}");
    outside.pay().await;
    assert_eq!(outside.head().await, "0x0", "blocks are still made only when asked for");
    outside.rpc("evm_mine", "[]").await;
    let block = outside.rpc("eth_getBlockByNumber", r#"["latest", false]"#).await["result"].clone();
    assert_eq!(block["transactions"].as_array().map(Vec::len), Some(2), "{block}");
    assert_eq!(block["transactions"][0], waiting[0]["hash"]);
}

#[tokio::test]
async fn odd_requests_to_the_chain_are_answered() {
    let outside = outside().await;
    for (body, code) in
        [("{", -32700), ("[]", -32600), ("{}", -32600), (r#"{"id": 1, "method": "eth_x"}"#, -32601)]
    {
        let answer = outside.ask("POST", "/eth", body).await;
        assert_eq!(answer.json()["error"]["code"], code, "{body}: {}", answer.text);
    }
    let batch = r#"[{"id": 1, "method": "eth_chainId"}, {"id": 2, "method": "eth_blockNumber"}]"#;
    assert_eq!(outside.ask("POST", "/eth", batch).await.json()[1]["result"], "0x0");
    for (token, status) in [("", 401), (outside.house.bo.as_str(), 404)] {
        let path = format!("/s/{}/eth", outside.sandbox);
        assert_eq!(outside.house.ask("POST", &path, token, batch).await.status.as_u16(), status);
    }
}
