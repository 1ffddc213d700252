//! Rules seen to fire on what was really done over the API, and to stay quiet on its benign twin.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use platform::identity::{Grant, Scopes, Subject};
use serde_json::{Value, json};

use crate::smart::{App, encoded};

const WRONG: &str = "not this one either";

impl App {
    /// Tries to sign in at the identity provider from an address.
    async fn try_to_sign_in(&self, login: &str, from: &str) -> StatusCode {
        let form = encoded(&[("login", login), ("password", WRONG), ("asked", "")]);
        let from: SocketAddr = format!("{from}:40000").parse().unwrap();
        let request = Request::post(format!("/s/{}/auth/sign-in", self.sandbox))
            .header("host", "practicum.test")
            .header("content-type", "application/x-www-form-urlencoded")
            .extension(ConnectInfo(from))
            .body(Body::from(form));
        self.house.send(request.unwrap()).await.status
    }

    /// The titles of what the rule pack says about this hospital now.
    async fn alerts(&self) -> Vec<String> {
        let path = format!("/s/{}/alerts", self.sandbox);
        let told = self.house.ask("GET", &path, &self.house.ana, "").await.json();
        let alerts = told["alerts"].as_array().unwrap_or_else(|| panic!("{told}"));
        alerts.iter().map(|alert| alert["title"].as_str().unwrap().to_owned()).collect()
    }

    async fn heard(&self, title: &str) -> bool {
        self.alerts().await.iter().any(|alert| alert.starts_with(title))
    }

    /// Writes a resource and gives its id.
    async fn written(&self, resource: &Value) -> String {
        let kind = resource["resourceType"].as_str().unwrap();
        let made = self.fhir("POST", kind, &self.house.ana, &resource.to_string()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["id"].as_str().unwrap().to_owned()
    }

    /// A colleague with an account, who reads through the app; their token.
    fn colleague(&self, login: &str, practitioner: Option<&str>) -> String {
        let platform = &self.house.platform;
        let access = platform.at_the_gate(&self.sandbox).unwrap().unwrap();
        let fhir_user = practitioner.map(|id| format!("Practitioner/{id}"));
        let new = json!({
            "login": login, "name": login, "role": "nurse", "password": "four plain little words",
            "fhir_user": fhir_user, "with_totp": false,
        });
        platform.add_user(&access, serde_json::from_value(new).unwrap()).unwrap();
        let subject = Subject { login: login.to_owned(), name: login.to_owned(), fhir_user };
        let grant = Grant {
            client: self.client.clone(),
            subject: Some(subject),
            scopes: Scopes::read("user/*.rs").0,
            patient: None,
            encounter: None,
        };
        platform.mint_token(&access, grant, 3600).unwrap()
    }

    async fn reads(&self, token: &str, patient: &str) {
        let read = self.fhir("GET", &format!("Patient/{patient}"), token, "").await;
        assert_eq!(read.status, StatusCode::OK, "{}", read.text);
    }
}

#[tokio::test]
async fn stuffing_from_one_address_is_heard() {
    let app = App::new("patient/*.rs").await;
    for number in 0..7 {
        app.try_to_sign_in(&format!("user{number}"), "203.0.113.5").await;
    }
    app.try_to_sign_in("user8", "203.0.113.6").await;
    assert!(!app.heard("Credential stuffing").await);
    assert_eq!(app.try_to_sign_in("user9", "203.0.113.5").await, StatusCode::UNAUTHORIZED);
    assert!(app.heard("Credential stuffing").await, "{:?}", app.alerts().await);
}

#[tokio::test]
async fn guessing_and_spraying_are_heard() {
    let app = App::new("patient/*.rs").await;
    for number in 0..9 {
        app.try_to_sign_in("nora", &format!("203.0.113.{number}")).await;
    }
    assert!(!app.heard("Password guessing").await);
    app.try_to_sign_in("nora", "203.0.113.99").await;
    assert!(app.heard("Password guessing").await);
    for number in 0..23 {
        app.try_to_sign_in(&format!("user{number}"), &format!("198.51.100.{number}")).await;
    }
    assert!(!app.heard("Password spraying").await);
    app.try_to_sign_in("user99", "198.51.100.99").await;
    assert!(app.heard("Password spraying").await, "{:?}", app.alerts().await);
}

/// A patient in a bed of a ward, treated by one practitioner; another works on the ward.
struct Ward {
    patient: String,
    treating: String,
    nurse: String,
}

async fn ward(app: &App) -> Ward {
    let place = |name: &str, around: Value| {
        let mut place = json!({"resourceType": "Location", "status": "active", "name": name});
        if !around.is_null() {
            place["partOf"] = json!({"reference": around});
        }
        place
    };
    let someone =
        |family: &str| json!({"resourceType": "Practitioner", "active": true, "name": [{"family": family}]});
    let unit = app.written(&place("9 North", Value::Null)).await;
    let bed = app.written(&place("9N-01", json!(format!("Location/{unit}")))).await;
    let (treating, nurse) = (app.written(&someone("Klein")).await, app.written(&someone("Lund")).await);
    let role = json!({
        "resourceType": "PractitionerRole", "active": true, "practitioner": {"reference": format!("Practitioner/{nurse}")},
        "location": [{"reference": format!("Location/{unit}")}],
    });
    app.written(&role).await;
    let patient = app
        .written(&json!({
            "resourceType": "Patient", "name": [{"family": "Okafor"}],
            "meta": {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]},
        }))
        .await;
    let visit = json!({
        "resourceType": "Encounter", "status": "in-progress", "subject": {"reference": format!("Patient/{patient}")},
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
        "participant": [{"individual": {"reference": format!("Practitioner/{treating}")}}],
        "location": [{"location": {"reference": format!("Location/{bed}")}, "status": "active"}],
        "period": {"start": "2020-01-01T00:00:00Z"},
    });
    app.written(&visit).await;
    Ward { patient, treating, nurse }
}

#[tokio::test]
async fn onlookers_are_told_from_those_who_care() {
    let app = App::new("user/*.rs").await;
    let ward = ward(&app).await;
    let doctor = app.colleague("klein", Some(&ward.treating));
    let nurse = app.colleague("lund", Some(&ward.nurse));
    for _ in 0..4 {
        app.reads(&doctor, &ward.patient).await;
        app.reads(&nurse, &ward.patient).await;
    }
    assert!(!app.heard("One chart, many onlookers").await);
    assert!(!app.heard("Restricted chart opened").await);
    for number in 0..5 {
        let onlooker = app.colleague(&format!("onlooker{number}"), None);
        app.reads(&onlooker, &ward.patient).await;
    }
    assert!(app.heard("Restricted chart opened").await, "{:?}", app.alerts().await);
    assert!(!app.heard("One chart, many onlookers").await);
    let last = app.colleague("onlooker9", None);
    app.reads(&last, &ward.patient).await;
    assert!(app.heard("One chart, many onlookers").await, "{:?}", app.alerts().await);

    let query = "kind%20%3D%20fhir.read%20and%20care%20exists%20%7C%20stats%20count%20by%20user%2C%20care";
    let path = format!("/s/{}/hunt?q={query}", app.sandbox);
    let found = app.house.ask("GET", &path, &app.house.ana, "").await.json();
    let rows = found["rows"].as_array().unwrap();
    for row in
        [json!(["klein", "treating", "4"]), json!(["lund", "unit", "4"]), json!(["onlooker9", "none", "1"])]
    {
        assert!(rows.contains(&row), "{row} in {found}");
    }
}

#[tokio::test]
async fn a_slow_drip_is_heard_and_a_large_practice_is_not() {
    let app = App::new("user/*.rs").await;
    let someone = json!({"resourceType": "Practitioner", "active": true, "name": [{"family": "Klein"}]});
    let own = app.written(&someone).await;
    let mut patients = Vec::new();
    for _ in 0..80 {
        let patient = json!({"resourceType": "Patient", "generalPractitioner": [{"reference": format!("Practitioner/{own}")}]});
        patients.push(app.written(&patient).await);
    }
    let doctor = app.colleague("klein", Some(&own));
    for patient in &patients {
        app.reads(&doctor, patient).await;
    }
    assert!(!app.heard("Charts dripping out").await);
    let clerk = app.colleague("clerk", None);
    for patient in &patients {
        app.reads(&clerk, patient).await;
    }
    assert!(app.heard("Charts dripping out").await, "{:?}", app.alerts().await);
}
