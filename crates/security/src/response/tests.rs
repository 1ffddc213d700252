use serde_json::json;

use super::*;
use crate::telemetry::{Record, Signal};

fn signal(seq: i64, time_s: i64, kind: &str, user: &str, address: &str) -> Signal {
    Signal::of(&Record {
        seq,
        time_us: time_s * 1_000_000,
        actor: format!("{user} by ward-chart"),
        source: "app".to_owned(),
        kind: kind.to_owned(),
        outcome: "ok".to_owned(),
        detail: json!({"address": address}),
        ..Record::default()
    })
}

fn measure(text: serde_json::Value) -> Measure {
    serde_json::from_value(text).unwrap()
}

#[test]
fn the_effect_counts_whose_work_would_have_stopped() {
    let signals = [
        signal(1, 0, "fhir.read", "ana", "10.0.0.1"),
        signal(2, 1, "fhir.read", "ana", "10.0.0.1"),
        signal(3, 2, "fhir.read", "bo", "10.0.0.1"),
        signal(4, 3, "auth.login", "cy", "10.0.0.2"),
    ];
    let role_of = |login: &str| (login == "cy").then(|| "patient".to_owned());
    let crosses =
        |signal: &Signal, segment: &str| segment == "wards" && signal.text("address") == Some("10.0.0.1");
    let patient_of = |login: &str| (login == "bo").then(|| "Patient/1".to_owned());
    let known = Known { role_of: &role_of, patient_of: &patient_of, crosses: &crosses };
    for (text, touched, people) in [
        (json!({"do": "disable-account", "login": "ana"}), 2, 1),
        (json!({"do": "block-address", "address": "10.0.0.1"}), 3, 2),
        (json!({"do": "end-tokens", "client": "ward-chart"}), 4, 3),
        (json!({"do": "require-code", "who": "role:patient"}), 1, 1),
        (json!({"do": "require-code", "who": "ana"}), 0, 0),
        (json!({"do": "limit-route", "route": "fhir", "per_minute": 2}), 1, 1),
        (json!({"do": "freeze-export"}), 0, 0),
        (json!({"do": "rotate-key"}), 0, 0),
        (json!({"do": "isolate-segment", "segment": "wards"}), 3, 2),
        (json!({"do": "isolate-segment", "segment": "wards", "allow": ["https"]}), 0, 0),
        (json!({"do": "isolate-segment", "segment": "imaging"}), 0, 0),
        (json!({"do": "allow-callers", "callers": [{"title": "CT01", "address": "10.30.0.11"}]}), 0, 0),
        (json!({"do": "stop-service", "service": "renal-dosing"}), 0, 0),
    ] {
        let found = effect(&measure(text.clone()), &signals, known);
        assert_eq!((found.touched, found.people_in_all, found.of), (touched, people, 4), "{text}");
    }
}

#[test]
fn the_effect_on_devices_interfaces_and_services() {
    let of = |kind: &str, source: &str, detail: serde_json::Value| {
        Signal::of(&Record {
            time_us: 1,
            actor: source.to_owned(),
            source: source.to_owned(),
            target: "EHR".to_owned(),
            kind: kind.to_owned(),
            outcome: "ok".to_owned(),
            detail,
            ..Record::default()
        })
    };
    let signals = [
        of("dicom.find", "CT01", json!({"address": "10.30.0.11"})),
        of("dicom.find", "CT01", json!({"address": "203.0.113.9"})),
        of(
            "hl7.received",
            "LIS",
            json!({"interface": "results-lis", "peer": "203.0.113.9:4711", "certificate": false}),
        ),
        of(
            "hl7.received",
            "LIS",
            json!({"interface": "results-lis", "peer": "10.10.0.4:4711", "certificate": true}),
        ),
        of("hl7.received", "LIS", json!({"interface": "results-lis"})),
        of("cds.call", "EHR", json!({"service": "renal-dosing"})),
    ];
    let known = Known {
        role_of: &|_| None,
        patient_of: &|_| None,
        crosses: &|signal, _| signal.text("address").is_some(),
    };
    for (text, touched) in [
        (json!({"do": "allow-callers", "callers": [{"title": "CT01", "address": "10.30.0.11"}]}), 1),
        (json!({"do": "require-certificate", "interface": "results-lis"}), 1),
        (
            json!({"do": "allow-senders", "system": "EHR", "senders": [{"title": "LIS", "address": "10.10.0.4"}]}),
            1,
        ),
        (
            json!({"do": "allow-senders", "system": "RIS", "senders": [{"title": "LIS", "address": "10.10.0.4"}]}),
            0,
        ),
        (json!({"do": "stop-service", "service": "renal-dosing"}), 1),
        (json!({"do": "isolate-segment", "segment": "any", "allow": ["dicom"]}), 2),
        (json!({"do": "isolate-segment", "segment": "any", "allow": ["dicom", "mllp"]}), 0),
    ] {
        assert_eq!(effect(&measure(text.clone()), &signals, known).touched, touched, "{text}");
    }
}

/// Whoever looks at their own record through the app, or comes through another, goes on.
#[test]
fn the_effect_of_holding_an_app_to_its_patients() {
    let read = |user: &str, app: &str, patient: &str| {
        Signal::of(&Record {
            actor: format!("{user} by {app}"),
            source: "app".to_owned(),
            kind: "fhir.read".to_owned(),
            outcome: "ok".to_owned(),
            subject: Some(format!("Patient/{patient}")),
            ..Record::default()
        })
    };
    let signals = [
        read("bo", "portal", "1"),
        read("bo", "portal", "2"),
        read("bo", "other", "2"),
        read("nurse", "portal", "2"),
    ];
    let patient_of = |login: &str| (login == "bo").then(|| "Patient/1".to_owned());
    let known = Known { role_of: &|_| None, patient_of: &patient_of, crosses: &|_, _| false };
    let held = measure(json!({"do": "hold-to-patient", "client": "portal"}));
    assert_eq!(effect(&held, &signals, known).touched, 1);
}

#[test]
fn a_measure_that_makes_no_sense_is_refused_with_its_field() {
    for (text, field) in [
        (json!({"do": "block-address", "address": "everybody"}), "address"),
        (json!({"do": "block-address", "address": "10.0.0.0/8"}), "address"),
        (json!({"do": "limit-route", "route": "fhir", "per_minute": 0}), "per_minute"),
        (json!({"do": "disable-account", "login": ""}), "target"),
        (json!({"do": "isolate-segment", "segment": ""}), "target"),
        (json!({"do": "allow-callers", "callers": []}), "callers"),
        (json!({"do": "allow-callers", "callers": [{"title": "CT01", "address": "everywhere"}]}), "callers"),
        (json!({"do": "require-code", "who": "role: patient"}), "target"),
    ] {
        assert_eq!(measure(text.clone()).check().unwrap_err().field, field, "{text}");
    }
    for unknown in [
        json!({"do": "hack-back", "address": "203.0.113.7"}),
        json!({"do": "block-address", "address": "203.0.113.7", "now": true}),
    ] {
        assert!(serde_json::from_value::<Measure>(unknown.clone()).is_err(), "{unknown}");
    }
}

#[test]
fn one_measure_of_a_kind_is_about_one_thing() {
    let limit = |per_minute| Measure::LimitRoute { route: Route::SignIn, per_minute };
    assert_eq!(limit(5).key(), limit(9).key());
    assert_eq!(Measure::FreezeExport.key(), "freeze-export");
    assert!(Measure::RotateKey.is_once() && !Measure::FreezeExport.is_once());
}
