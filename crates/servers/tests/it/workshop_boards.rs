//! Boards over the API and as pages: members write, everybody else knocks in vain, and what is written stays text.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use data_encoding::BASE64;
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use yrs::{ClientID, Doc, Map, MapPrelim, Options, ReadTxn, StateVector, Text, TextPrelim, Transact};

use crate::house::{House, house};
use crate::pages::Browser;
use crate::workshops::played;

/// An update that writes `words` into the notes and on a card, a step and a cell.
fn everywhere(words: &str) -> String {
    let doc = Doc::with_options(Options::with_guid_and_client_id("copy".into(), ClientID::new(5)));
    let notes = doc.get_or_insert_text("notes");
    let [cards, steps, columns, rows] =
        ["cards", "steps", "columns", "rows"].map(|part| doc.get_or_insert_map(part));
    let mut txn = doc.transact_mut();
    notes.insert(&mut txn, 0, words);
    let put = |txn: &mut yrs::TransactionMut<'_>,
               part: &yrs::MapRef,
               fields: &[(&str, &str)],
               text: Option<&str>| {
        let item = part.insert(txn, "x1", MapPrelim::default());
        item.insert(txn, "order", 0.0);
        for (name, value) in fields {
            item.insert(txn, *name, *value);
        }
        if let Some(name) = text {
            item.insert(txn, name, TextPrelim::new(words));
        }
    };
    put(&mut txn, &cards, &[("lane", "risk")], Some("text"));
    put(&mut txn, &steps, &[("kind", "choice"), ("who", words)], Some("label"));
    put(&mut txn, &columns, &[("name", words)], None);
    put(&mut txn, &rows, &[("cell-x1", words)], None);
    drop(txn);
    let update = doc.transact().encode_state_as_update_v1(&StateVector::default());
    json!({"update": BASE64.encode(&update)}).to_string()
}

async fn board(house: &House) -> (String, String) {
    let root = played(house).await;
    let api = format!("/api{root}/board");
    (root, api)
}

#[tokio::test]
async fn what_somebody_writes_all_who_take_part_read_and_it_stays_text() {
    let house = house();
    let (root, api) = board(&house).await;
    let script = "<script>alert(1)</script>";
    let written = house.ask("POST", &format!("{api}/updates"), &house.bo, &everywhere(script)).await;
    assert_eq!((written.status, written.json()), (StatusCode::OK, json!({"seq": 1})), "{}", written.text);
    let read = house.ask("GET", &api, &house.ana, "").await.json();
    assert_eq!(read["contents"]["cards"], json!([{"id": "x1", "lane": "risk", "text": script}]));
    assert_eq!((&read["seq"], &read["locked"], &read["why_not"]), (&json!(1), &json!(false), &json!(null)));
    let lacks = house.ask("GET", &format!("{api}/updates"), &house.ana, "").await.json();
    assert!(BASE64.decode(lacks["update"].as_str().unwrap().as_bytes()).unwrap().len() > 100);
    let ana = Browser::of(&house, "ana");
    for page in ["/board", "/board/print"] {
        let text = ana.get(&format!("{root}{page}")).await.text;
        assert!(text.contains("&lt;script&gt;alert(1)") && !text.contains(script), "{page}");
    }
    let markdown = ana.get(&format!("{root}/board.md")).await;
    assert!(markdown.text.contains(r"\<script\>") && !markdown.text.contains(script));
    assert_eq!(markdown.header("content-disposition"), "attachment; filename=\"board.md\"");
    assert!(ana.get(&format!("{root}/board-cards.csv")).await.text.contains("What could go wrong"));
    assert!(ana.get(&format!("{root}/board-table.csv")).await.text.contains(script));
}

#[tokio::test]
async fn whoever_takes_no_part_knocks_in_vain() {
    let house = house();
    let (root, api) = board(&house).await;
    house.ask("POST", &format!("{api}/updates"), &house.bo, &everywhere("Ours alone")).await;
    // Of two people who take no part one learns, and may not even know that there is a workshop.
    let new = platform::people::NewPerson {
        login: "zoe",
        name: "zoe",
        role: platform::people::Role::Learner,
        password: None,
    };
    let zoe = house.platform.people().add(new).unwrap();
    let zoe = house.platform.people().add_token(&zoe.id, "test", None).unwrap();
    let update = everywhere("Let me in");
    let tries = [
        ("GET", "", ""),
        ("GET", "/updates", ""),
        ("GET", "/events", ""),
        ("POST", "/updates", update.as_str()),
        ("POST", "/lock", r#"{"locked": true}"#),
        ("POST", "/place", r#"{"window": "w", "at": ""}"#),
    ];
    for (method, path, body) in tries {
        let answer = house.ask(method, &format!("{api}{path}"), &zoe, body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
        assert!(!answer.text.contains("Ours alone"));
        let nobody = house.ask(method, &format!("{api}{path}"), "", body).await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{method} {path}");
    }
    let zoe = Browser::of(&house, "zoe");
    for page in ["/board", "/board/print", "/board.md", "/board-cards.csv", "/board-table.csv"] {
        assert_eq!(zoe.get(&format!("{root}{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    // Who teaches looks on, and does not write.
    let ida = house.ask("POST", &format!("{api}/updates"), &house.ida, &update).await;
    assert_eq!(ida.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ida.json()["detail"].as_str().unwrap().contains("looks on"), "{}", ida.text);
    assert!(house.ask("GET", &api, &house.ida, "").await.text.contains("Ours alone"));
}

#[tokio::test]
async fn what_is_no_update_or_too_much_is_refused_in_words() {
    let house = house();
    let (_, api) = board(&house).await;
    let write = async |body: &str| house.ask("POST", &format!("{api}/updates"), &house.bo, body).await;
    let fifty_mb = format!(r#"{{"update": "{}"}}"#, "A".repeat(50 << 20));
    let large = write(&fifty_mb).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.json()["detail"].as_str().unwrap().contains("send less"), "{}", large.text);
    let less = write(&format!(r#"{{"update": "{}"}}"#, "A".repeat(1 << 20))).await;
    assert_eq!(less.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        less.json()["detail"].as_str().unwrap().contains("at most 262144 are taken at once"),
        "{}",
        less.text
    );
    assert!(
        write(r#"{"update": "no base64!"}"#).await.json()["detail"]
            .as_str()
            .unwrap()
            .contains("update is no base64")
    );
    assert!(
        write(r#"{"update": "////"}"#).await.json()["detail"].as_str().unwrap().contains("cannot be read")
    );
    let known = house.ask("GET", &format!("{api}/updates?known=AQ%3D%3D"), &house.bo, "").await;
    assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.ask("GET", &api, &house.bo, "").await.json()["seq"], 0, "nothing of it was kept");
}

/// Parts of a body that count how many of them there are and how many are held at once.
#[derive(Default)]
struct Parts {
    made: AtomicUsize,
    held: AtomicUsize,
    held_most: AtomicUsize,
}

struct Part(Arc<Parts>, Vec<u8>);

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        &self.1
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.0.held.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Parts {
    /// A megabyte of an update.
    fn next(self: &Arc<Self>) -> Bytes {
        self.made.fetch_add(1, Ordering::Relaxed);
        let held = self.held.fetch_add(1, Ordering::Relaxed) + 1;
        self.held_most.fetch_max(held, Ordering::Relaxed);
        Bytes::from_owner(Part(Arc::clone(self), vec![b'A'; 1 << 20]))
    }
}

#[tokio::test]
async fn a_board_of_fifty_megabytes_is_refused_before_all_of_it_is_read_and_held() {
    let house = house();
    let (_, api) = board(&house).await;
    house.ask("POST", &format!("{api}/updates"), &house.bo, &everywhere("Ours")).await;
    let parts = Arc::new(Parts::default());
    let sent = Arc::clone(&parts);
    let body = stream::iter(0..50).map(move |_| Ok::<_, Infallible>(sent.next()));
    let request = Request::post(format!("{api}/updates"))
        .header("host", "practicum.test")
        .header("authorization", format!("Bearer {}", house.bo))
        .header("content-type", "application/json")
        .header("content-length", 50 << 20)
        .body(Body::from_stream(body))
        .unwrap();
    let refused = house.send(request).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.json()["detail"].as_str().unwrap().contains("send less"), "{}", refused.text);
    let (made, most) = (parts.made.load(Ordering::Relaxed), parts.held_most.load(Ordering::Relaxed));
    assert!(made < 50 && most <= 18, "{made} of 50 megabytes were read, and {most} held at once");
    let read = house.ask("GET", &api, &house.ana, "").await.json();
    assert_eq!(
        (&read["seq"], &read["contents"]["notes"]),
        (&json!(1), &json!("Ours")),
        "the board is as it was"
    );
}

#[tokio::test]
async fn the_facilitator_locks_and_others_see_who_is_there() {
    let house = house();
    let (_, api) = board(&house).await;
    let lock = async |who: &str| house.ask("POST", &format!("{api}/lock"), who, r#"{"locked": true}"#).await;
    assert_eq!(lock(&house.bo).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(lock(&house.ana).await.json()["locked"], true);
    let refused = house.ask("POST", &format!("{api}/updates"), &house.bo, &everywhere("x")).await;
    assert!(refused.text.contains("locked the board"), "{}", refused.text);
    let place = r#"{"window": "w1", "at": "notes"}"#;
    assert_eq!(
        house.ask("POST", &format!("{api}/place"), &house.bo, place).await.json(),
        json!({"windows": 1})
    );
    let now = house.ask("GET", &format!("{api}/events"), &house.ana, "").await.json();
    assert_eq!((&now["here"][0]["name"], &now["here"][0]["at"]), (&json!("bo"), &json!("notes")));
    assert_eq!(
        (&now["locked"], &now["why_not"]),
        (&json!(true), &json!(null)),
        "who facilitates may still write"
    );
}
