//! The security desk, by pages and by the API, without a browser.

use axum::http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::house::{House, house};
use crate::pages::Browser;

/// Ana's sandbox, in which a registered patient was read twice and one that is not there twenty-five times.
async fn happened(house: &House) -> (String, String) {
    let ana = Browser::of(house, "ana");
    let made = ana.post("/sandboxes", "image=general-hospital&title=Mine").await;
    let root = made.header("location").trim_end_matches("/patients").to_owned();
    let sandbox = root.rsplit('/').next().unwrap().to_owned();
    let form = r#"{"family": "Okafor", "given": "Ruth", "birth_date": "1984-02-29", "sex": "female"}"#;
    let made = house.ask("POST", &format!("/s/{sandbox}/commands/register"), &house.ana, form).await;
    let patient = made.json()["patient"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        let read = house.ask("GET", &format!("/s/{sandbox}/fhir/Patient/{patient}"), &house.ana, "").await;
        assert_eq!(read.status, StatusCode::OK);
    }
    for number in 0..25 {
        let read =
            house.ask("GET", &format!("/s/{sandbox}/fhir/Patient/guess-{number}"), &house.ana, "").await;
        assert_eq!(read.status, StatusCode::NOT_FOUND);
    }
    (sandbox, patient)
}

fn hunt(sandbox: &str, query: &str) -> String {
    format!("/s/{sandbox}/hunt?q={}", utf8_percent_encode(query, NON_ALPHANUMERIC))
}

#[tokio::test]
async fn the_journal_is_searched_watched_and_rendered() {
    let house = house();
    let (sandbox, patient) = happened(&house).await;
    let query = format!("kind = fhir.read and patient = Patient/{patient} | stats count by user");
    let found = house.ask("GET", &hunt(&sandbox, &query), &house.ana, "").await.json();
    assert_eq!((&found["matched"], &found["rows"]), (&json!(2), &json!([["ana", "2"]])), "{found}");

    let alerts = house.ask("GET", &format!("/s/{sandbox}/alerts"), &house.ana, "").await.json();
    let guessed = alerts["alerts"].as_array().unwrap().iter().find(|alert| alert["level"] == "high").unwrap();
    assert_eq!(guessed["title"], "Ids tried one after another, together", "{alerts}");
    assert_eq!((&guessed["about"], &guessed["value"]), (&json!([["user", "ana"]]), &json!(25.0)), "{alerts}");

    for (form, at, value) in [
        ("audit-event", "/resourceType", json!("AuditEvent")),
        ("ocsf", "/class_uid", json!(6003)),
        ("flow", "/protocol", json!("https")),
    ] {
        let address = format!("/s/{sandbox}/telemetry?form={form}&subject=Patient/{patient}");
        let events = house.ask("GET", &address, &house.ana, "").await.json();
        let last = events["events"]
            .as_array()
            .and_then(|events| events.last())
            .unwrap_or_else(|| panic!("{events}"));
        assert_eq!(last.pointer(at), Some(&value), "{form}: {last}");
    }
}

#[tokio::test]
async fn what_cannot_be_understood_is_told_with_its_place() {
    let house = house();
    let (sandbox, _) = happened(&house).await;
    let refused = house.ask("GET", &hunt(&sandbox, "user = ana | stats"), &house.ana, "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    let rules = json!({"rules": "title: A\nlogsource:\n  product: windows\ndetection:\n  s:\n    knd: x\n  condition: s\n"});
    let refused =
        house.ask("POST", &format!("/s/{sandbox}/alerts/try"), &house.ana, &rules.to_string()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["line 3, column 3", "logs of windows", "line 6, column 5", "no level"] {
        assert!(refused.text.contains(part), "{part}: {}", refused.text);
    }
    let tried = json!({"rules": "title: Gone\nlevel: low\nlogsource:\n  product: practicum\n  service: fhir\ndetection:\n  s:\n    outcome: not-found\n  condition: s\n"});
    let tried =
        house.ask("POST", &format!("/s/{sandbox}/alerts/try"), &house.ana, &tried.to_string()).await.json();
    assert_eq!((&tried["rules"], &tried["alerts"][0]["hits"]), (&json!(1), &json!(25)), "{tried}");
}

/// A search looks at a table kept from the one before: it must not miss what came since, nor hold what a reset took back.
#[tokio::test]
async fn a_search_sees_what_came_since_the_last_one_and_nothing_that_was_taken_back() {
    let house = house();
    let (sandbox, _) = happened(&house).await;
    let count = async || {
        let found = house.ask("GET", &hunt(&sandbox, "kind = fhir.create"), &house.ana, "").await;
        found.json()["matched"].as_u64().unwrap()
    };
    let before = count().await;
    house.patient(&sandbox).await;
    assert_eq!(count().await, before + 1);
    let reset = house.ask("POST", &format!("/api/sandboxes/{sandbox}/reset"), &house.ana, "").await;
    assert!(reset.status.is_success(), "{} {}", reset.status, reset.text);
    assert_eq!(count().await, 0);
    house.patient(&sandbox).await;
    assert_eq!(count().await, 1);
}

#[tokio::test]
async fn nobody_else_looks_in() {
    let house = house();
    let (sandbox, _) = happened(&house).await;
    for address in [hunt(&sandbox, ""), format!("/s/{sandbox}/alerts"), format!("/s/{sandbox}/telemetry")] {
        assert_eq!(
            house.ask("GET", &address, &house.bo, "").await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
}

#[tokio::test]
async fn the_desk_has_pages() {
    let house = house();
    let (sandbox, _) = happened(&house).await;
    let ana = Browser::of(&house, "ana");
    let root = format!("/sandboxes/{sandbox}/security");
    let query = utf8_percent_encode("outcome = not-found | top 5 user", NON_ALPHANUMERIC);
    let found = ana.get(&format!("{root}?q={query}")).await.text;
    assert!(found.contains("25 found") && found.contains("When it happened"), "{found}");
    let wrong = ana.get(&format!("{root}?q=usr%20%3D%20ana")).await;
    assert_eq!(wrong.status, StatusCode::OK);
    assert!(
        wrong.text.contains("there is no field `usr`") && wrong.text.contains("column 1"),
        "{}",
        wrong.text
    );
    assert!(ana.get(&format!("{root}/alerts")).await.text.contains("Ids tried one after another"));
    assert!(
        ana.get(&format!("{root}/rules?from=mass-delete")).await.text.contains("Mass deletion of records")
    );
    let tried = ana.post(&format!("{root}/rules"), "rules=title%3A%20%3Ci%3Ehunt").await.text;
    assert!(tried.contains("The rules cannot be run") && !tried.contains("<i>hunt"), "{tried}");
}
