//! Measures of the security desk, proven over a socket: what worked is refused, and works again when the measure is lifted.

use std::sync::Arc;

use platform::access::Came;
use platform::labs::{ArchiveCall, Hands};
use platform::response::in_force;
use serde_json::json;
use servers::{App, Wire};
use tokio::net::TcpListener;

use crate::range::{ATTACKER, Range, SCANNER, WARD, in_range, worklist};

#[tokio::test(flavor = "multi_thread")]
async fn a_segment_is_cut_off_but_for_what_is_allowed_to_cross() {
    in_range(|range| {
        let (read, token) = (format!("Patient/{}", range.patient), range.token("user/*.rs"));
        let outside = |range: &Range| {
            (range.sign_in(ATTACKER), range.fhir(&read, &token, ATTACKER), range.calls("CT01", ATTACKER))
        };
        let inside = |range: &Range| {
            (range.sign_in(WARD), range.fhir(&read, &token, WARD), range.calls("CT01", SCANNER))
        };
        assert_eq!((outside(range), inside(range)), ((303, 200, true), (303, 200, true)));
        range.take(&json!({"do": "isolate-segment", "segment": "outside"}));
        assert_eq!((outside(range), inside(range)), ((401, 403, false), (303, 200, true)));
        range.lift_all();
        range.take(&json!({"do": "isolate-segment", "segment": "outside", "allow": ["https"]}));
        assert_eq!((outside(range), inside(range)), ((303, 200, false), (303, 200, true)));
        range.lift_all();
        // What lies within a segment with its servers does not cross its edge.
        range.take(&json!({"do": "isolate-segment", "segment": "imaging"}));
        assert!(!range.calls("CT01", WARD) && range.calls("CT01", SCANNER));
        range.lift_all();
        assert_eq!((outside(range), inside(range)), ((303, 200, true), (303, 200, true)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_between_segments_wait_and_two_measures_let_go_only_together() {
    in_range(|range| {
        let standings = |range: &Range| ["adt-ris", "adt-lis"].map(|interface| range.standing_of(interface));
        assert_eq!(standings(range), ["up", "up"]);
        range.take(&json!({"do": "isolate-segment", "segment": "imaging"}));
        assert_eq!(standings(range), ["stopped", "up"]);
        range.take(&json!({"do": "isolate-segment", "segment": "servers"}));
        range.lift("isolate-segment imaging");
        assert_eq!(standings(range), ["stopped", "up"], "the other segment still ends between them");
        range.lift("isolate-segment servers");
        assert_eq!(standings(range), ["up", "up"]);
        range.take(
            &json!({"do": "isolate-segment", "segment": "imaging", "allow": ["mllp", "dicom", "https"]}),
        );
        assert_eq!(standings(range), ["up", "up"]);
        range.lift_all();
        range.take(&json!({"do": "isolate-segment", "segment": "imaging"}));
        range.take(&json!({"do": "stop-interface", "interface": "adt-ris"}));
        range.lift("isolate-segment imaging");
        assert_eq!(standings(range), ["stopped", "up"]);
        range.lift("stop-interface adt-ris");
        assert_eq!(standings(range), ["up", "up"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_listed_devices_call_the_archive_each_from_its_own_address() {
    in_range(|range| {
        let callers =
            json!([{"title": "CT01", "address": SCANNER}, {"title": "MR01", "address": "10.30.0.13"}]);
        assert!(
            range.calls("CT01", ATTACKER) && range.calls("US01", "10.30.0.14") && !range.calls("ME", SCANNER)
        );
        range.take(&json!({"do": "allow-callers", "callers": callers}));
        let called = [
            range.calls("CT01", ATTACKER),
            range.calls("US01", "10.30.0.14"),
            range.calls("CT01", "10.30.0.13"),
            range.calls("CT01", SCANNER),
            range.calls("MR01", "10.30.0.13"),
        ];
        assert_eq!(called, [false, false, false, true, true]);
        range.lift_all();
        range.take(&json!({"do": "block-address", "address": ATTACKER}));
        assert!(!range.calls("CT01", ATTACKER) && range.calls("CT01", SCANNER));
        range.lift_all();
        assert!(range.calls("CT01", ATTACKER));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_from_outside_are_dropped_or_need_a_certificate() {
    let range = Range::open().await;
    assert_eq!(range.sends("1").await.as_deref(), Some("AA"));
    for (number, measure) in [
        json!({"do": "block-address", "address": "127.0.0.1"}),
        json!({"do": "isolate-segment", "segment": "outside", "allow": ["https"]}),
    ]
    .iter()
    .enumerate()
    {
        range.take(measure);
        assert_eq!(range.sends(&format!("2{number}")).await, None, "{measure}");
        range.lift_all();
        assert_eq!(range.sends(&format!("3{number}")).await.as_deref(), Some("AA"), "{measure}");
    }
    range.take(&json!({"do": "require-certificate", "interface": "adt-lis"}));
    assert_eq!(range.sends("4").await.as_deref(), Some("AR"));
    range.lift_all();
    assert_eq!(range.sends("5").await.as_deref(), Some("AA"));
    let outcomes = range.outcomes("response.refused").await;
    let told = |word: &str| outcomes.iter().any(|outcome| outcome == word);
    assert!(told("blocked") && told("isolated"), "{outcomes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_turned_off_is_not_offered_and_says_nothing() {
    let range = Range::open().await;
    let (list, one) = (
        format!("/s/{}/cds-services", range.sandbox),
        format!("/s/{}/cds-services/renal-dosing", range.sandbox),
    );
    let ask = || range.house.ask("POST", &one, &range.house.ana, "{}");
    assert_eq!(ask().await.status, 400, "it answers, that this is no call");
    range.take(&json!({"do": "stop-service", "service": "renal-dosing"}));
    assert_eq!(ask().await.status, 503);
    let offered = range.house.ask("GET", &list, &range.house.ana, "").await;
    assert!(
        !offered.text.contains("renal-dosing") && offered.text.contains("potassium-safety"),
        "{}",
        offered.text
    );
    range.lift_all();
    assert_eq!(ask().await.status, 400);
    for unknown in [
        json!({"do": "stop-service", "service": "astrology"}),
        json!({"do": "isolate-segment", "segment": "moon"}),
        json!({"do": "require-certificate", "interface": "nowhere"}),
        json!({"do": "hold-to-patient", "client": "nowhere"}),
        json!({"do": "hold-to-patient", "client": range.client}),
    ] {
        let path = format!("/s/{}/response", range.sandbox);
        let told = range.house.ask("POST", &path, &range.house.ana, &unknown.to_string()).await;
        assert_eq!(told.status, 422, "{unknown}: {}", told.text);
    }
    assert_eq!(in_force(&range.access()).unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_listed_systems_send_messages_each_from_its_own_address() {
    let range = Range::open().await;
    assert_eq!(range.sends("1").await.as_deref(), Some("AA"), "anybody may call themselves ADT");
    for (number, senders, said) in [
        (2, json!([{"title": "ADT", "address": "10.10.0.4"}]), None),
        (3, json!([{"title": "LAB2", "address": "127.0.0.1"}]), None),
        (4, json!([{"title": "ADT", "address": "127.0.0.1"}]), Some("AA")),
    ] {
        range.take(&json!({"do": "allow-senders", "system": "LIS", "senders": senders}));
        let heard = range.sends(&number.to_string()).await;
        assert_eq!(heard.as_deref().filter(|said| *said == "AA"), said, "{senders}: {heard:?}");
        range.lift_all();
        assert_eq!(range.sends(&format!("1{number}")).await.as_deref(), Some("AA"));
    }
    range.take(&json!({"do": "stop-interface", "interface": "adt-lis"}));
    assert_ne!(range.sends("20").await.as_deref(), Some("AA"));
    range.lift_all();
    assert_eq!(range.sends("21").await.as_deref(), Some("AA"));
}

/// Only who holds the key of this very process may say from where a connection comes.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_pretends_is_closed() {
    let range = Range::open().await;
    let app = App::new(Arc::clone(&range.house.platform), "http");
    let archive = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = archive.local_addr().unwrap();
    tokio::spawn(servers::dicom::serve(archive, app, Default::default()));
    let other = Wire::new(App::new(Arc::clone(&range.house.platform), "http"), address).with_archive(address);
    let sandbox = range.sandbox.clone();
    let called = tokio::task::spawn_blocking(move || {
        let came = Came::from(SCANNER);
        let message = worklist();
        let call = ArchiveCall { sandbox: &sandbox, calling: "CT01", message: &message, came: &came };
        other.call_archive(&call)
    });
    assert!(called.await.unwrap().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_and_what_it_holds_are_stopped_over_the_socket() {
    in_range(|range| {
        let read = format!("Patient/{}", range.patient);
        let cases = [
            (json!({"do": "disable-account", "login": "mreyes"}), 401, 401, 303),
            (json!({"do": "end-sessions", "login": "mreyes"}), 303, 401, 303),
            (json!({"do": "end-tokens", "client": range.client}), 303, 401, 303),
            (json!({"do": "require-code", "who": "mreyes"}), 401, 200, 303),
            (json!({"do": "require-code", "who": "role:technician"}), 401, 200, 303),
            (json!({"do": "block-address", "address": ATTACKER}), 401, 403, 303),
        ];
        for (measure, signing_in, reading, after) in cases {
            let token = range.token("user/*.rs");
            assert_eq!(
                (range.sign_in(ATTACKER), range.fhir(&read, &token, ATTACKER)),
                (303, 200),
                "before {measure}"
            );
            range.take(&measure);
            let found = (range.sign_in(ATTACKER), range.fhir(&read, &token, ATTACKER));
            assert_eq!(found, (signing_in, reading), "{measure}");
            range.lift_all();
            assert_eq!(range.sign_in(ATTACKER), after, "lifted {measure}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_stopped_and_its_neighbour_is_not() {
    in_range(|range| {
        let (read, token) = (format!("Patient/{}", range.patient), range.token("user/*.rs"));
        range.take(&json!({"do": "block-address", "address": ATTACKER}));
        assert_eq!((range.sign_in(WARD), range.fhir(&read, &token, WARD)), (303, 200));
        range.lift_all();
        range.take(&json!({"do": "limit-route", "route": "fhir", "per_minute": 2}));
        let pace: Vec<u16> = (0..4).map(|_| range.fhir(&read, &token, ATTACKER)).collect();
        assert_eq!(pace, [200, 200, 429, 429]);
        assert_eq!(range.fhir(&read, &token, WARD), 200);
        range.take(&json!({"do": "limit-route", "route": "sign-in", "per_minute": 1}));
        assert_eq!([range.sign_in(ATTACKER), range.sign_in(ATTACKER), range.sign_in(WARD)], [303, 401, 303]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_is_narrowed_with_the_tokens_it_has_and_exports_are_frozen() {
    in_range(|range| {
        let token = range.token("user/*.rs");
        let (person, results) =
            (format!("Patient/{}", range.patient), format!("Observation?patient={}", range.patient));
        assert_eq!((range.fhir(&person, &token, WARD), range.fhir(&results, &token, WARD)), (200, 200));
        range.take(&json!({"do": "narrow-client", "client": range.client, "scopes": "user/Patient.rs"}));
        assert_eq!((range.fhir(&person, &token, WARD), range.fhir(&results, &token, WARD)), (200, 403));
        range.lift_all();
        assert_eq!(range.fhir(&results, &token, WARD), 403, "what it holds stays narrow");
        let backend = range.token("system/*.rs");
        assert_eq!(range.fhir("$export", &backend, WARD), 202);
        range.take(&json!({"do": "freeze-export"}));
        assert_eq!(range.fhir("$export", &backend, WARD), 403);
        range.lift_all();
        assert_eq!(range.fhir("$export", &backend, WARD), 202);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_is_held_to_the_patient_shows_nobody_else() {
    let range = Range::open().await;
    let other = range.house.patient(&range.sandbox).await;
    let worked = move || {
        range.let_app_check_itself();
        let token = range.token_of_patient();
        let (own, others) = (format!("Patient/{}", range.patient), format!("Patient/{other}"));
        let read = || {
            let found = range.finds(&format!("Patient?_id={other}"), &token, ATTACKER);
            (range.fhir(&own, &token, ATTACKER), range.fhir(&others, &token, ATTACKER), found)
        };
        assert_eq!(read(), (200, 200, 1), "the id in the address is all that decides");
        range.take(&json!({"do": "hold-to-patient", "client": range.client}));
        assert_eq!(read(), (200, 404, 0), "for this app there is nobody else");
        range.lift_all();
        assert_eq!(read(), (200, 200, 1), "what was left to the app is left to it again");
    };
    tokio::task::spawn_blocking(worked).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_lock_themselves_out_or_say_where_they_come_from() {
    let range = Range::open().await;
    range.take(&json!({"do": "block-address", "address": "127.0.0.1"}));
    range.take(&json!({"do": "limit-route", "route": "fhir", "per_minute": 1}));
    let path = format!("/s/{}/response", range.sandbox);
    for _ in 0..3 {
        let told = range.house.ask("GET", &path, &range.house.ana, "").await;
        assert_eq!(told.json()["in_force"].as_array().map(Vec::len), Some(2), "{}", told.text);
    }
    let body = json!({"key": "block-address 127.0.0.1"}).to_string();
    let lifted = range.house.ask("POST", &format!("{path}/lift"), &range.house.ana, &body).await;
    assert_eq!(lifted.json()["in_force"].as_array().map(Vec::len), Some(1), "{}", lifted.text);
    let again = range.house.ask("POST", &format!("{path}/lift"), &range.house.ana, &body).await;
    assert_eq!(again.status, 422);

    // A header that only people who are played may send is nothing in other hands.
    let sandbox = range.sandbox.clone();
    let request = axum::http::Request::post(format!("/s/{sandbox}/auth/sign-in"))
        .header("host", "practicum.test")
        .header("practicum-played", "guessed 1 203.0.113.9")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("login=mreyes&password=wrong+wrong&asked=x"))
        .unwrap();
    assert_eq!(range.house.send(request).await.status, 401);
    let path = format!("/s/{sandbox}/journal?kind=auth.login");
    let told = range.house.ask("GET", &path, &range.house.ana, "").await;
    assert!(told.text.contains("mreyes") && !told.text.contains("203.0.113.9"), "{}", told.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_comes_back_as_its_newest_version() {
    let range = Range::open().await;
    let at = format!("/s/{}/fhir/Patient/{}", range.sandbox, range.patient);
    let before = range.house.ask("GET", &at, &range.house.ana, "").await.json();
    let mut locked = before.clone();
    locked["name"] = json!([{"text": "LOCKED"}]);
    let (access, token) = (range.access(), range.token("user/*.cruds"));
    let as_of = "2031-03-04T12:30:00Z";
    for (asked, status) in [
        (json!({"as_of": "yesterday", "records": ["Patient/1"]}), 422),
        (json!({"as_of": "2099-01-01T00:00:00Z", "records": ["Patient/1"]}), 422),
        (json!({"as_of": as_of}), 422),
        (json!({"as_of": as_of, "records": ["nonsense"]}), 422),
        (json!({"as_of": as_of, "records": [], "everything": true}), 400),
    ] {
        let path = format!("/s/{}/response/restore", range.sandbox);
        let told = range.house.ask("POST", &path, &range.house.ana, &asked.to_string()).await;
        assert!(
            told.status.as_u16() == status || told.status.is_client_error(),
            "{asked}: {} {}",
            told.status,
            told.text
        );
    }
    let now_us = access.virtual_us();
    let clock = json!({"advance_seconds": 600}).to_string();
    range
        .house
        .ask("POST", &format!("/api/sandboxes/{}/clock", range.sandbox), &range.house.ana, &clock)
        .await;
    let written = range.house.ask("PUT", &at, &token, &locked.to_string()).await;
    assert_eq!(written.status, 200, "{}", written.text);
    range
        .house
        .ask("POST", &format!("/api/sandboxes/{}/clock", range.sandbox), &range.house.ana, &clock)
        .await;
    let as_of = standards::fhir::instant::format(now_us + 1_000_000);
    let (path, at_all) =
        (format!("/s/{}/response/restore", range.sandbox), format!("Patient/{}", range.patient));
    let asked = json!({"as_of": as_of, "changed_by": "mreyes"}).to_string();
    let done = range.house.ask("POST", &path, &range.house.ana, &asked).await;
    assert_eq!(done.json()["restored"], json!([at_all]), "{}", done.text);
    let after = range.house.ask("GET", &at, &range.house.ana, "").await.json();
    assert_eq!((&after["name"], &after["meta"]["versionId"]), (&before["name"], &json!("3")));
}
