//! A lab through the API, from the list to the last verdict.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, house};
use crate::live::Client;

/// What goes through as Ana.
async fn done(house: &House, method: &str, path: &str, body: &str) -> Value {
    let answer = house.ask(method, path, &house.ana, body).await;
    assert!(answer.status.is_success(), "{method} {path}: {} {}", answer.status, answer.text);
    answer.json()
}

async fn refused(house: &House, path: &str, body: &str) -> (StatusCode, String) {
    let answer = house.ask("POST", path, &house.ana, body).await;
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text);
    (answer.status, answer.json()["detail"].as_str().unwrap().to_owned())
}

/// A check of an attempt.
fn check<'a>(attempt: &'a Value, id: &str) -> &'a Value {
    let steps = attempt["steps"].as_array().unwrap().iter();
    let mut checks = steps.flat_map(|step| step["checks"].as_array().unwrap());
    checks.find(|check| check["id"] == id).unwrap()
}

/// The patient whom the brief names, as the FHIR server has them.
async fn patient(house: &House, attempt: &Value) -> Value {
    let brief = attempt["brief"].as_str().unwrap();
    let mrn = brief.split("number ").nth(1).unwrap().split(',').next().unwrap().replace('\\', "");
    let sandbox = attempt["sandbox"].as_str().unwrap();
    let found = done(house, "GET", &format!("/s/{sandbox}/fhir/Patient?identifier={mrn}"), "").await;
    found["entry"][0]["resource"].clone()
}

#[tokio::test]
async fn labs_and_tracks_are_listed_with_how_one_stands() {
    let house = house();
    let labs = done(&house, "GET", "/api/labs", "").await;
    assert_eq!(labs["labs"][0]["id"], "desk");
    assert_eq!(labs["labs"][0]["standing"]["state"], "not-started");
    assert_eq!(done(&house, "GET", "/api/labs/desk", "").await, labs["labs"][0]);
    let missing = house.ask("GET", "/api/labs/none", &house.ana, "").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    done(&house, "POST", "/api/attempts", r#"{"lab": "desk"}"#).await;
    let tracks = done(&house, "GET", "/api/tracks", "").await;
    assert_eq!(tracks["tracks"][0]["labs"][0]["standing"]["state"], "in-progress");
    let overview = house.ask("GET", "/api/overview", &house.ida, "").await.json();
    let row = overview["learners"].as_array().unwrap().iter().find(|row| row["person"]["login"] == "ana");
    assert_eq!(row.unwrap()["labs"][0]["state"], "in-progress");
}

#[tokio::test]
async fn an_attempt_is_started_once_shown_and_solved() {
    let house = house();
    let answer = house.ask("POST", "/api/attempts", &house.ana, r#"{"lab": "desk"}"#).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let begun = answer.json();
    let (id, sandbox) = (begun["id"].as_str().unwrap(), begun["sandbox"].as_str().unwrap());
    assert_eq!(begun["fhir"], format!("http://practicum.test/s/{sandbox}/fhir"));
    assert!(begun["virtual_now"].as_str().unwrap().starts_with("2031-03-04T06:00"), "{begun}");
    assert_eq!(done(&house, "POST", "/api/attempts", r#"{"lab": "desk"}"#).await["id"], id);
    let listed = done(&house, "GET", "/api/attempts", "").await;
    assert_eq!((&listed["attempts"][0]["id"], listed["attempts"].as_array().unwrap().len()), (&json!(id), 1));

    let patient = patient(&house, &begun).await;
    let birth_date = patient["birthDate"].as_str().unwrap();
    assert!(!answer.text.contains(birth_date), "the answer is not given away");
    let at = format!("/api/attempts/{id}");
    let looked = done(&house, "POST", &format!("{at}/check"), "").await;
    let born = check(&looked, "born");
    assert_eq!(born["standing"], "failed");
    for evidence in ["expected", "observed"] {
        assert!(born[evidence].as_str().is_some_and(|text| !text.is_empty()), "{born}");
    }
    assert_eq!(check(&looked, "private")["standing"], "passed", "{looked}");

    let wrong = json!({"check": "born", "value": "1850-01-01"}).to_string();
    let looked = done(&house, "POST", &format!("{at}/answers"), &wrong).await;
    assert_eq!(check(&looked, "born")["standing"], "failed");
    let right = json!({"check": "born", "value": birth_date}).to_string();
    let looked = done(&house, "POST", &format!("{at}/answers"), &right).await;
    assert_eq!(check(&looked, "born")["standing"], "passed", "{looked}");
    assert_eq!(
        (&looked["green"], &looked["musts"], &looked["state"]),
        (&json!(1), &json!(2), &json!("started"))
    );

    let mut closed = patient.clone();
    closed["active"] = json!(false);
    let path = format!("/s/{sandbox}/fhir/Patient/{}", patient["id"].as_str().unwrap());
    done(&house, "PUT", &path, &closed.to_string()).await;
    let looked = done(&house, "POST", &format!("{at}/check"), "").await;
    assert_eq!(looked["state"], "finished", "{looked}");
    assert_eq!(looked["debrief"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn hints_have_a_price_and_an_end() {
    let house = house();
    let begun = done(&house, "POST", "/api/attempts", r#"{"lab": "desk"}"#).await;
    let at = format!("/api/attempts/{}", begun["id"].as_str().unwrap());
    let hints = format!("{at}/hints");
    let first = done(&house, "POST", &hints, r#"{"check": "born"}"#).await;
    assert_eq!((&first["rung"], &first["name"], &first["free"]), (&json!(0), &json!("nudge"), &json!(false)));
    done(&house, "POST", &hints, r#"{"check": "born"}"#).await;
    assert_eq!(refused(&house, &hints, r#"{"check": "born"}"#).await.0, StatusCode::CONFLICT);
    let (status, why) = refused(&house, &hints, r#"{"check": "none"}"#).await;
    assert_eq!((status, why.contains("'none'")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{why}");
    let shown = done(&house, "GET", &at, "").await;
    assert_eq!(check(&shown, "born")["hints"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_attempt_is_undone_reset_and_begun_anew() {
    let house = house();
    let begun = done(&house, "POST", "/api/attempts", r#"{"lab": "desk"}"#).await;
    let at = format!("/api/attempts/{}", begun["id"].as_str().unwrap());
    let sandbox = begun["sandbox"].as_str().unwrap();
    assert_eq!(done(&house, "POST", &format!("{at}/undo"), "").await["undone"], false);
    house.patient(sandbox).await;
    assert_eq!(done(&house, "POST", &format!("{at}/undo"), "").await["undone"], true);
    for grain in [r#"{"grain": "lab"}"#, r#"{"grain": "sandbox"}"#, r#"{"grain": "step", "step": "find"}"#] {
        let written = house.patient(sandbox).await;
        let reset = done(&house, "POST", &format!("{at}/reset"), grain).await;
        assert_eq!(reset["id"], begun["id"]);
        let gone = house.ask("GET", &format!("/s/{sandbox}/fhir/Patient/{written}"), &house.ana, "").await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND, "{grain}");
    }
    for (grain, status) in [
        (r#"{"grain": "step"}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"grain": "lab", "step": "find"}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"grain": "step", "step": "none"}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"grain": "step", "step": "write"}"#, StatusCode::CONFLICT),
        (r#"{"grain": "world"}"#, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(refused(&house, &format!("{at}/reset"), grain).await.0, status, "{grain}");
    }
    let next = done(&house, "POST", &format!("{at}/reset"), r#"{"grain": "track"}"#).await;
    assert_eq!((&next["number"], next["id"] == begun["id"]), (&json!(2), false));
    let anew = done(&house, "POST", "/api/attempts", r#"{"lab": "desk", "anew": true}"#).await;
    assert_eq!(anew["number"], 3);
    assert_eq!(done(&house, "GET", &at, "").await["state"], "abandoned");
    for (body, status) in [
        (r#"{"lab": "none"}"#, StatusCode::NOT_FOUND),
        (r#"{"lab": "desk", "variant": "none", "anew": true}"#, StatusCode::UNPROCESSABLE_ENTITY),
        ("{}", StatusCode::UNPROCESSABLE_ENTITY),
        ("", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(refused(&house, "/api/attempts", body).await.0, status, "{body}");
    }
}

#[tokio::test]
async fn an_attempt_is_followed_from_verdict_to_verdict() {
    let house = house();
    let begun = done(&house, "POST", "/api/attempts", r#"{"lab": "desk"}"#).await;
    let at = format!("/api/attempts/{}", begun["id"].as_str().unwrap());
    let mut client = Client::connect(&house, &format!("{at}/events"), None).await;
    let (name, first) = client.event().await.unwrap();
    assert_eq!((name.as_str(), &first["id"]), ("attempt", &begun["id"]));
    let birth_date = patient(&house, &begun).await["birthDate"].clone();
    let right = json!({"check": "born", "value": birth_date}).to_string();
    done(&house, "POST", &format!("{at}/answers"), &right).await;
    let (name, change) = client.event().await.unwrap();
    assert_eq!((name.as_str(), &change["green"]), ("checks", &json!(1)), "{change}");
    let changed = change["checks"].as_array().unwrap();
    assert_eq!((changed.len(), &changed[0]["id"]), (1, &json!("born")), "{change}");
    done(&house, "POST", &format!("{at}/reset"), r#"{"grain": "lab"}"#).await;
    let mut last = Value::Null;
    while last["green"] != 0 {
        last = client.event().await.unwrap().1;
    }
    done(&house, "POST", "/api/attempts", r#"{"lab": "desk", "anew": true}"#).await;
    while let Some((_, change)) = client.event().await {
        last = change;
    }
    assert_eq!(last["state"], "abandoned", "the stream ends with the attempt");
}

#[tokio::test]
async fn clinical_work_goes_through_commands() {
    let house = house();
    let sandbox = house.sandbox().await;
    let at = |name: &str| format!("/s/{sandbox}/commands/{name}");
    let form = json!({"family": "Quill", "given": "Ada", "birth_date": "1990-01-01", "sex": "female"});
    let registered = done(&house, "POST", &at("register"), &form.to_string()).await;
    let patient = registered["patient"].as_str().unwrap();
    let read = done(&house, "GET", &format!("/s/{sandbox}/fhir/Patient/{patient}"), "").await;
    assert_eq!(read["name"][0]["family"], "Quill");
    let again = house.ask("POST", &at("register"), &house.ana, &form.to_string()).await;
    assert_eq!((again.status, &again.json()["alike"][0]["id"]), (StatusCode::CONFLICT, &json!(patient)));
    let empty = house.ask("POST", &at("register"), &house.ana, "{}").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", empty.text);
    assert!(empty.json()["fields"].as_array().is_some_and(|fields| fields.len() > 1), "{}", empty.text);
    assert_eq!(refused(&house, &at("no-such-command"), "{}").await.0, StatusCode::NOT_FOUND);
    let journal = done(&house, "GET", &format!("/s/{sandbox}/journal?kind=command&outcome=ok"), "").await;
    assert_eq!(journal["entries"].as_array().unwrap().len(), 1);
}
