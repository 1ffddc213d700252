//! A model from its cohort to the bedside, over the real engine: what it knows of a patient now is what the lake says.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::{Builder, Practicum};

/// How long a slow machine may take for a step.
const WITHIN: Duration = Duration::from_secs(600);

struct House {
    practicum: Practicum,
    sandbox: String,
}

impl House {
    fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        ask(&self.practicum, method, &format!("/s/{}/{path}", self.sandbox), body)
    }

    fn well(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.ask(method, path, body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    /// Looks again and again until something is over.
    fn await_end(&self, path: &str) -> Value {
        let began = Instant::now();
        loop {
            let progress = self.well("GET", path, &Value::Null)["progress"].clone();
            if progress["state"] != "running" {
                return progress;
            }
            assert!(began.elapsed() < WITHIN, "{path} does not end");
            std::thread::sleep(Duration::from_millis(300));
        }
    }

    fn rows(&self, sql: &str) -> Vec<Vec<Value>> {
        let answer = self.well("POST", "sql", &json!({"sql": sql}));
        serde_json::from_value(answer["rows"].clone()).unwrap()
    }
}

fn ask(practicum: &Practicum, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let host = practicum.url().trim_start_matches("http://");
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let kind = if text.is_empty() { "" } else { "Content-Type: application/json\r\n" };
    let token = &practicum.demo().learner_token;
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.0\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n{kind}Content-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
    (status, serde_json::from_str(body).unwrap_or_default())
}

fn house() -> House {
    let practicum = Builder::default().patients(120).start().unwrap();
    let made = ask(&practicum, "POST", "/api/sandboxes", &json!({})).1;
    let house = House { practicum, sandbox: made["id"].as_str().unwrap().to_owned() };
    house.well("POST", "lake/snapshots", &json!({"wait_s": 8}));
    assert_eq!(house.await_end("lake")["state"], "done");
    house
}

fn opened(patient: &str) -> Value {
    json!({"hook": "patient-view", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {"userId": "Practitioner/x", "patientId": patient}})
}

#[test]
fn a_model_is_trained_deployed_and_asked_and_knows_at_the_bedside_what_the_lake_says() {
    let house = house();
    let study = json!({"name": "acute", "ready": "acute-care", "held_out": 0.5});
    house.well("POST", "models", &json!({"study": study}));
    let made = house.await_end("models");
    assert_eq!(made["state"], "done", "{made}");
    let first = house.well("GET", "models/acute/versions/1", &Value::Null);
    assert_eq!(house.well("GET", "models/acute/versions/newest", &Value::Null), first);
    let features: Vec<String> = serde_json::from_value(first["record"]["features"].clone()).unwrap();
    let guards = first["record"]["card"]["guards"].as_array().unwrap();
    let future = guards.iter().find(|one| one["guard"] == "future").unwrap();
    assert_eq!(future["weight"], "good", "the ready task is honest: {future}");

    // Silent: a score in the journal, and no card whatever the risk.
    let deploy = |mode: &str, threshold: f64, version: u32| {
        house.well(
            "POST",
            "models/acute/deploy",
            &json!({"version": version, "mode": mode, "threshold": threshold}),
        )
    };
    deploy("silent", 0.000_001, 1);
    let patients = house.rows("SELECT id FROM patients ORDER BY id LIMIT 6");
    let task = house.well("GET", "models", &Value::Null)["tasks"][0]["task"].clone();
    for row in &patients {
        let patient = row[0].as_str().unwrap();
        let answer = house.well("POST", "cds-services/model-acute", &opened(patient));
        assert_eq!(answer["cards"], json!([]), "silent");
        let entries = house.well("GET", "journal?kind=model.score&newest=true&limit=1", &Value::Null);
        let entry = &entries["entries"][0];
        assert_eq!(entry["outcome"], "ok", "{entry}");
        let now = entry["virtual_time"].as_str().unwrap();
        let sql = format!(
            "WITH cases AS (SELECT CAST(1 AS bigint) AS case_id, '{patient}' AS patient_id, CAST(NULL AS text) AS encounter_id, CAST('{now}' AS timestamp with time zone) AS index_time) SELECT {} FROM ({}) AS features",
            features.join(", "),
            task["features"].as_str().unwrap()
        );
        let lake = &house.rows(&sql)[0];
        for (name, value) in features.iter().zip(lake) {
            assert_eq!(entry["detail"]["features"][name].as_f64(), value.as_f64(), "{patient}, {name}");
        }
    }

    // Live: a valid card at the threshold, and none below it.
    let patient = patients[0][0].as_str().unwrap();
    deploy("live", 0.000_001, 1);
    let cards = house.well("POST", "cds-services/model-acute", &opened(patient))["cards"].clone();
    assert_eq!(cards.as_array().map(Vec::len), Some(1), "{cards}");
    assert!(cards[0]["summary"].as_str().unwrap().starts_with("Acute care within a year: risk"), "{cards}");
    deploy("live", 0.999_999, 1);
    assert_eq!(house.well("POST", "cds-services/model-acute", &opened(patient))["cards"], json!([]));

    // A second version, and back.
    house.well("POST", "models", &json!({"study": study, "kind": "boosting", "trees": 20, "max_depth": 2}));
    assert_eq!(house.await_end("models")["what"], "acute version 2");
    deploy("live", 0.3, 2);
    let back = house.well("POST", "models/acute/roll-back", &json!({}));
    assert_eq!((&back["version"], &back["mode"]), (&json!(1), &json!("live")));
    assert_eq!(house.ask("POST", "models/acute/roll-back", &json!({})).0, 422, "nothing answered before");

    // Nobody there, a broken call, a monitor.
    assert_eq!(house.well("POST", "cds-services/model-acute", &opened("nobody"))["cards"], json!([]));
    assert_eq!(house.ask("POST", "cds-services/model-acute", &json!({"hook": "patient-view"})).0, 400);
    let seen = house.well("GET", "models/acute/monitor", &Value::Null);
    assert_eq!((&seen["failed"], &seen["cards"]), (&json!(1), &json!(1)), "{seen}");
    assert_eq!(house.ask("DELETE", "models/acute", &Value::Null).0, 422, "it answers in the chart");
    house.well("POST", "models/acute/withdraw", &json!({}));
    assert_eq!(house.ask("POST", "cds-services/model-acute", &opened(patient)).0, 404);
    assert_eq!(house.ask("DELETE", "models/acute", &Value::Null).0, 204);

    // A feature that counts what came after the index time is found out.
    let mut leaking = task;
    leaking["features"] = json!(
        "SELECT cases.case_id, max(patients.gender) AS gender, count(encounters.id) AS visits FROM cases LEFT JOIN patients ON patients.id = cases.patient_id LEFT JOIN encounters ON encounters.patient_id = cases.patient_id GROUP BY cases.case_id"
    );
    leaking["needs"] = json!([]);
    house.well("POST", "models", &json!({"study": {"name": "leaking", "task": leaking, "held_out": 0.5}}));
    assert_eq!(house.await_end("models")["state"], "done");
    let found = house.well("GET", "models/leaking/versions/1", &Value::Null);
    assert_eq!(found["head"]["worst"], "leak");
    let future = &found["record"]["card"]["guards"][0];
    assert!(future["what"].as_str().unwrap().contains("visits (for"), "{future}");
}
