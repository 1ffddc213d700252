//! An app in somebody's hands does what they may do themselves, whatever its scopes say.

use axum::http::StatusCode;
use platform::ehr::roles::switch_role;
use platform::identity::{Grant, Scopes, Subject};
use serde_json::{Value, json};

use super::App;

const PASSWORD: &str = "four plain little words";

/// A token with every scope for somebody of this role, or for the learner themselves.
fn token(app: &App, login: &str, role: Option<&str>, scopes: &str) -> String {
    let access = app.house.platform.at_the_gate(&app.sandbox).unwrap().unwrap();
    if let Some(role) = role {
        let new =
            json!({"login": login, "name": login, "role": role, "password": PASSWORD, "with_totp": false});
        app.house.platform.add_user(&access, serde_json::from_value(new).unwrap()).unwrap();
    }
    let subject = Subject { login: login.to_owned(), name: login.to_owned(), fhir_user: None };
    let grant = Grant {
        client: app.client.clone(),
        subject: Some(subject),
        scopes: Scopes::read(scopes).0,
        patient: Some(app.patient.clone()),
        encounter: None,
    };
    app.house.platform.mint_token(&access, grant, 600).unwrap()
}

fn about(app: &App, kind: &str) -> Value {
    let subject = json!({"reference": format!("Patient/{}", app.patient)});
    match kind {
        "Patient" => json!({"resourceType": "Patient", "birthDate": "1991-01-02"}),
        "AllergyIntolerance" => json!({"resourceType": kind, "patient": subject}),
        "MedicationRequest" => json!({"resourceType": kind, "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": "x"}, "subject": subject}),
        _ => json!({"resourceType": kind, "status": "final", "code": {"text": "x"}, "subject": subject}),
    }
}

/// A role, a type, and whether somebody of it reads and writes there with an app that may do everything.
#[tokio::test]
async fn an_app_does_what_the_person_may_do_and_no_more() {
    let app = App::new("user/*.cruds").await;
    for kind in ["Observation", "AllergyIntolerance", "MedicationRequest"] {
        let made = app.fhir("POST", kind, &app.house.ana, &about(&app, kind).to_string()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    }
    let cases = [
        ("registrar", "Patient", true, true),
        ("registrar", "Observation", false, false),
        ("registrar", "AllergyIntolerance", false, false),
        ("registrar", "MedicationRequest", false, false),
        ("nurse", "Patient", true, false),
        ("nurse", "Observation", true, true),
        ("nurse", "AllergyIntolerance", true, true),
        ("nurse", "MedicationRequest", true, false),
        ("physician", "MedicationRequest", true, true),
        ("analyst", "Patient", false, false),
        ("nobody-knows", "Patient", false, false),
    ];
    for level in ["user", "patient"] {
        for (role, kind, reads, writes) in cases {
            let token = token(&app, role, Some(role), &format!("{level}/*.cruds"));
            let found = app.fhir("GET", kind, &token, "").await.status;
            assert_eq!(found, if reads { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{role} {kind}");
            // A token for one patient makes no other.
            if level == "user" {
                let made = app.fhir("POST", kind, &token, &about(&app, kind).to_string()).await;
                let expected = if writes { StatusCode::CREATED } else { StatusCode::FORBIDDEN };
                assert_eq!(made.status, expected, "{role} {kind}: {}", made.text);
            }
            let gone = app.fhir("DELETE", &format!("Patient/{}", app.patient), &token, "").await.status;
            assert_eq!(gone, StatusCode::FORBIDDEN, "no form deletes, and no role does");
        }
    }
}

#[tokio::test]
async fn no_way_round_leads_a_clerk_to_results() {
    let app = App::new("user/*.cruds").await;
    let mut result = about(&app, "Observation");
    result["code"] = json!({"text": "Secret result"});
    let made = app.fhir("POST", "Observation", &app.house.ana, &result.to_string()).await;
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let clerk = token(&app, "clerk", Some("registrar"), "user/*.cruds");
    let patient = &app.patient;
    let ways = [
        format!("Observation/{id}"),
        format!("Observation/{id}/_history/1"),
        "Patient?_revinclude=Observation:subject".to_owned(),
        "Patient?_has:Observation:patient:status=final".to_owned(),
        format!("Patient/{patient}/$everything"),
        format!("Patient/{patient}/Observation"),
        format!("Patient/{patient}/*"),
        "?_type=Observation,Patient".to_owned(),
        "_history".to_owned(),
        "$export".to_owned(),
    ];
    for way in ways {
        let answer = app.fhir("GET", &way, &clerk, "").await;
        assert!(!answer.text.contains("Secret result"), "{way}: {}", answer.text);
    }
    let batch = json!({"resourceType": "Bundle", "type": "batch",
        "entry": [{"request": {"method": "GET", "url": format!("Observation/{id}")}}]});
    let answer = app.fhir("POST", "", &clerk, &batch.to_string()).await;
    assert!(!answer.text.contains("Secret result"), "{}", answer.text);
    let patch = json!([{"op": "test", "path": "/status", "value": "final"}]).to_string();
    let patched = app.fhir("PATCH", &format!("Observation/{id}"), &clerk, &patch).await;
    assert!(!patched.status.is_success() && !patched.text.contains("Secret result"), "{}", patched.text);
}

#[tokio::test]
async fn the_learner_is_bounded_by_the_role_they_work_as_now() {
    let app = App::new("user/*.cruds").await;
    let made = app.fhir("POST", "Observation", &app.house.ana, &about(&app, "Observation").to_string()).await;
    let path = format!("Observation/{}", made.json()["id"].as_str().unwrap());
    let token = token(&app, "ana", None, "user/*.rs");
    let access = app.house.platform.at_the_gate(&app.sandbox).unwrap().unwrap();
    for (role, status) in [
        (None, StatusCode::OK),
        (Some("registrar"), StatusCode::FORBIDDEN),
        (Some("nurse"), StatusCode::OK),
        (Some("analyst"), StatusCode::FORBIDDEN),
        (Some("all-round"), StatusCode::OK),
    ] {
        if let Some(role) = role {
            switch_role(&access, role).unwrap();
        }
        assert_eq!(app.fhir("GET", &path, &token, "").await.status, status, "{role:?}");
        let own = app.fhir("GET", &path, &app.house.ana, "").await;
        assert_eq!(own.status, StatusCode::OK, "the learner's own token is an engine's");
    }
}
