//! Histories of everything, and of a moment.

use platform::fhir::{Answer, HistoryParameters, Interaction, Refusal, pairs_of};
use serde_json::{Value, json};
use standards::fhir::instant;

use super::desk::{Desk, NOW_US, desk, ids, link, refused};

fn system_history(desk: &Desk, query: &str) -> Value {
    let parameters = HistoryParameters::read(&pairs_of(query)).unwrap();
    let Ok(Answer::Made(body)) = desk.ask(&Interaction::SystemHistory { parameters }) else {
        panic!("{query}")
    };
    serde_json::from_slice(&body).unwrap()
}

/// Type, id and version of the entries, in order.
fn versions(history: &Value) -> Vec<String> {
    let entries = history["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    let label = |entry: &Value| {
        let etag = entry["response"]["etag"].as_str().unwrap();
        let address = entry["fullUrl"].as_str().unwrap().rsplit("/fhir/").next().unwrap();
        format!("{address} {}", etag.trim_start_matches("W/").trim_matches('"'))
    };
    entries.iter().map(label).collect()
}

#[test]
fn the_history_of_everything_is_paged_over_all_types() {
    let desk = desk();
    desk.update("Patient", "berg", &json!({"resourceType": "Patient", "id": "berg"})).unwrap();
    desk.delete("Observation", "w1").unwrap();
    let mut found = Vec::new();
    let mut page = system_history(&desk, "_count=2");
    loop {
        assert_eq!((page["total"].as_u64(), page["type"].as_str()), (Some(6), Some("history")));
        found.extend(versions(&page));
        let Some(next) = link(&page, "next") else { break };
        assert!(next.contains("/fhir/_history?_count=2&_cursor="), "{next}");
        page = system_history(&desk, next.split_once('?').unwrap().1);
    }
    assert_eq!(found[..2], ["Observation/w1 2", "Patient/berg 2"], "newest first");
    found.sort();
    assert_eq!(
        found,
        [
            "Observation/w1 1",
            "Observation/w1 2",
            "Observation/w2 1",
            "Patient/berg 1",
            "Patient/berg 2",
            "Patient/tal 1"
        ]
    );
    assert_eq!(desk.last().event.kind, "fhir.history");
    let since = instant::format(NOW_US + 500_000);
    assert_eq!(versions(&system_history(&desk, &format!("_since={since}"))).len(), 2);
}

#[test]
fn what_was_current_at_a_moment_is_told_by_at() {
    let desk = desk();
    for active in [true, false] {
        desk.update("Patient", "berg", &json!({"resourceType": "Patient", "id": "berg", "active": active}))
            .unwrap();
    }
    // Version 1 from the beginning, 2 a second later, 3 another second later.
    let at = |time_us: i64| {
        let query = format!("_at={}", instant::format(time_us));
        let parameters = HistoryParameters::read(&pairs_of(&query)).unwrap();
        let asked = Interaction::History { kind: "Patient", id: Some("berg"), parameters };
        let Ok(Answer::Made(body)) = desk.ask(&asked) else { panic!("{query}") };
        versions(&serde_json::from_slice(&body).unwrap())
    };
    assert!(at(NOW_US - 1_000_000).is_empty());
    assert_eq!(at(NOW_US), ["Patient/berg 1"]);
    assert_eq!(at(NOW_US + 1_500_000), ["Patient/berg 2"]);
    assert_eq!(at(NOW_US + 60_000_000), ["Patient/berg 3"]);
    let day = system_history(&desk, "_at=2026-11-18");
    assert_eq!(
        (ids(&day).len(), day["total"].as_u64()),
        (6, Some(6)),
        "a day holds all that was current on it"
    );
    assert!(link(&day, "self").unwrap().contains("_at=2026-11-18"));
    assert_eq!(system_history(&desk, "_at=2020")["total"], 0);
}

#[test]
fn parameters_of_a_history_must_make_sense() {
    for query in ["_count=x", "_count=-1", "_since=yesterday", "_since=2026", "_at=yesterday", "_at=2026-13"]
    {
        assert_eq!(refused(HistoryParameters::read(&pairs_of(query))), Refusal::Malformed, "{query}");
    }
    let desk = desk();
    let garbage = HistoryParameters { cursor: Some("garbage".to_owned()), ..HistoryParameters::default() };
    assert_eq!(refused(desk.ask(&Interaction::SystemHistory { parameters: garbage })), Refusal::Malformed);
}
