//! Measures of the security desk, proven over a socket: what worked is refused, and works again when the measure is lifted.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use platform::access::{Access, Came};
use platform::identity::{Grant, NewUser, Scopes, Subject};
use platform::imaging::dataset::{IMPLICIT_LE, of_texts, write};
use platform::imaging::dimse::{Command, Field, Message, WITH_DATASET, sop, status};
use platform::imaging::{VR, tags};
use platform::labs::{ArchiveCall, Hands, Knock};
use platform::response::{Measure, in_force, lift, take};
use serde_json::{Value, json};
use servers::mllp::Sender;
use servers::{App, Wire};
use standards::hl7::message::Message as Hl7;
use tokio::net::TcpListener;

use crate::house::{House, NOW_US, PASSWORD, house};

const ATTACKER: &str = "203.0.113.7";
const WARD: &str = "10.20.4.11";
const SCANNER: &str = "10.30.0.12";

/// A server that listens, with an account whose password is known to others, and an app.
struct Range {
    house: House,
    wire: Wire,
    mllp: SocketAddr,
    sandbox: String,
    patient: String,
    client: String,
}

impl Range {
    async fn open() -> Self {
        let house = house();
        let sandbox = house.sandbox().await;
        let patient = house.patient(&sandbox).await;
        let path = format!("/s/{sandbox}/auth/register");
        let said = json!({
            "client_name": "Ward chart", "redirect_uris": ["https://ward-chart.example/back"],
            "token_endpoint_auth_method": "none", "grant_types": ["authorization_code"],
        });
        let client = house.ask("POST", &path, &house.ana, &said.to_string()).await.json();
        let client = client["client_id"].as_str().unwrap().to_owned();
        let app = App::new(Arc::clone(&house.platform), "http");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let router = servers::router(app.clone());
        tokio::spawn(servers::listen::serve(listener, None, router, std::future::pending()));
        let archive = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let messages = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Wire::new(app.clone(), address).with_archive(archive.local_addr().unwrap());
        let mllp = messages.local_addr().unwrap();
        tokio::spawn(servers::dicom::serve(archive, app.clone(), Default::default()));
        tokio::spawn(servers::mllp::serve(messages, None, app, Default::default()));
        let range = Self { house, wire, mllp, sandbox, patient, client };
        let new = NewUser {
            login: "mreyes".to_owned(),
            name: "Mara Reyes".to_owned(),
            role: "technician".to_owned(),
            password: PASSWORD.to_owned(),
            fhir_user: None,
            with_totp: false,
        };
        range.house.platform.add_user(&range.access(), new).unwrap();
        range
    }

    fn access(&self) -> Access {
        self.house.platform.at_the_gate(&self.sandbox).unwrap().unwrap().acting_as("ana", "page")
    }

    fn take(&self, measure: &Value) {
        let measure: Measure = serde_json::from_value(measure.clone()).unwrap();
        take(&self.house.platform, &self.access(), &measure).unwrap();
    }

    fn lift_all(&self) {
        for one in in_force(&self.access()).unwrap() {
            lift(&self.house.platform, &self.access(), &one.measure.key()).unwrap();
        }
    }

    fn lift(&self, key: &str) {
        lift(&self.house.platform, &self.access(), key).unwrap();
    }

    fn knock(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        form: Option<&str>,
        from: &str,
    ) -> u16 {
        let came = Came { address: from.to_owned(), at_us: Some(NOW_US) };
        let body = form.map(|form| ("application/x-www-form-urlencoded", form.as_bytes()));
        let knock = Knock { sandbox: &self.sandbox, method, path, headers, body, came: &came };
        self.wire.knock(&knock).unwrap().status
    }

    /// Signs in with the right password. 303 is success.
    fn sign_in(&self, from: &str) -> u16 {
        let form = format!("login=mreyes&password={}&asked=x", PASSWORD.replace(' ', "+"));
        self.knock("POST", "/auth/sign-in", &[], Some(&form), from)
    }

    fn token(&self, scopes: &str) -> String {
        let subject = Subject { login: "mreyes".to_owned(), name: "Mara Reyes".to_owned(), fhir_user: None };
        let grant = Grant {
            client: self.client.clone(),
            subject: Some(subject),
            scopes: Scopes::read(scopes).0,
            patient: None,
            encounter: None,
        };
        self.house.platform.mint_token(&self.access(), grant, 3600).unwrap()
    }

    fn fhir(&self, path: &str, token: &str, from: &str) -> u16 {
        let headers = [
            ("authorization".to_owned(), format!("Bearer {token}")),
            ("prefer".to_owned(), "respond-async".to_owned()),
        ];
        self.knock("GET", &format!("/fhir/{path}"), &headers, None, from)
    }
}

/// What everybody may ask an archive: everything on the worklist.
fn worklist() -> Message {
    Message {
        context: 1,
        abstract_syntax: sop::MODALITY_WORKLIST.to_owned(),
        syntax: IMPLICIT_LE.to_owned(),
        command: Command::new(Field::Find)
            .with_uid(Command::SOP_CLASS, sop::MODALITY_WORKLIST)
            .with_number(Command::MESSAGE, 1)
            .with_number(Command::PRIORITY, 0)
            .with_number(Command::DATASET_TYPE, WITH_DATASET),
        dataset: write(&of_texts(&[(tags::PATIENT_ID, VR::LO, "")]), IMPLICIT_LE).unwrap(),
    }
}

impl Range {
    /// Asks the archive over its socket; whether the caller was let in.
    fn calls(&self, title: &str, from: &str) -> bool {
        let came = Came { address: from.to_owned(), at_us: Some(NOW_US) };
        let message = worklist();
        let call = ArchiveCall { sandbox: &self.sandbox, calling: title, message: &message, came: &came };
        match self.wire.call_archive(&call).unwrap() {
            Some(status) => {
                assert_eq!(status, status::SUCCESS);
                true
            }
            None => false,
        }
    }

    /// Sends a message to the laboratory over its socket, from this machine; what MSA-1 says. Nothing, where the door hangs up.
    async fn sends(&self, control_id: &str) -> Option<String> {
        let sandbox = self.sandbox.to_ascii_uppercase();
        let text = format!(
            "MSH|^~\\&|ADT|ALDERFALLS|LIS|{sandbox}|20310304123000||ADT^A31^ADT_A05|{control_id}|P|2.5.1\rEVN||20310304123000\r\
             PID|1||100^^^ALDERFALLS^MR||Hara^Zoe^^^^^L||19800517|F\rPV1|1|N\r"
        );
        let mut sender = Sender::connect(self.mllp).await.unwrap();
        let answer = sender.send(&Hl7::parse(text.as_bytes()).unwrap(), Duration::from_secs(20)).await;
        Some(answer.ok()?.get(&"MSA-1".parse().unwrap()).unwrap_or_default())
    }

    fn standing_of(&self, interface: &str) -> String {
        let map = platform::live::map(&self.access()).unwrap();
        let found = map.interfaces.into_iter().find(|one| one.id == interface).unwrap();
        found.standing
    }
}

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
    let path = format!("/s/{}/journal?kind=response.refused", range.sandbox);
    let told = range.house.ask("GET", &path, &range.house.ana, "").await.json();
    let outcomes: Vec<_> =
        told["entries"].as_array().unwrap().iter().map(|entry| entry["outcome"].clone()).collect();
    assert!(outcomes.contains(&json!("blocked")) && outcomes.contains(&json!("isolated")), "{outcomes:?}");
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
    ] {
        let path = format!("/s/{}/response", range.sandbox);
        let told = range.house.ask("POST", &path, &range.house.ana, &unknown.to_string()).await;
        assert_eq!(told.status, 422, "{unknown}: {}", told.text);
    }
    assert_eq!(in_force(&range.access()).unwrap().len(), 0);
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
        let came = Came { address: SCANNER.to_owned(), at_us: None };
        let message = worklist();
        let call = ArchiveCall { sandbox: &sandbox, calling: "CT01", message: &message, came: &came };
        other.call_archive(&call)
    });
    assert!(called.await.unwrap().is_err());
}

/// Runs what blocks where it may.
async fn in_range(work: impl FnOnce(&Range) + Send + 'static) {
    let range = Range::open().await;
    tokio::task::spawn_blocking(move || work(&range)).await.unwrap();
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
    let asked = platform::response::Restore {
        as_of_us: now_us + 1,
        changed_by: Some("mreyes".to_owned()),
        ..Default::default()
    };
    let done = platform::response::restore(&range.house.platform, &range.access(), &asked).unwrap();
    assert_eq!(done.restored, [format!("Patient/{}", range.patient)]);
    let after = range.house.ask("GET", &at, &range.house.ana, "").await.json();
    assert_eq!((&after["name"], &after["meta"]["versionId"]), (&before["name"], &json!("3")));
}
