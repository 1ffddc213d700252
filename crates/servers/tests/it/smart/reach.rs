use axum::http::StatusCode;
use platform::identity::{Grant, Scopes};
use serde_json::{Value, json};

use super::App;
use crate::house::Answer;

const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

/// Two patients with a laboratory result and vital signs each, a practitioner, and a token for the first patient.
struct Ward {
    app: App,
    ids: Vec<(String, String)>,
}

impl Ward {
    async fn new() -> Self {
        let app = App::new("patient/*.rs").await;
        let mut ids = vec![];
        let staff =
            create(&app, &json!({"resourceType": "Practitioner", "name": [{"family": "Secret"}]})).await;
        for patient in [app.patient.clone(), app.other.clone()] {
            for category in ["laboratory", "vital-signs"] {
                let id = create(
                    &app,
                    &json!({
                        "resourceType": "Observation",
                        "status": "final",
                        "category": [{"coding": [{"system": CATEGORY, "code": category}]}],
                        "code": {"text": "x"},
                        "subject": {"reference": format!("Patient/{patient}")},
                        "performer": [{"reference": format!("Practitioner/{staff}")}],
                    }),
                )
                .await;
                ids.push((patient.clone(), id));
            }
        }
        Self { app, ids }
    }

    fn token(&self, scopes: &str) -> String {
        let access = self.app.house.platform.at_the_gate(&self.app.sandbox).unwrap().unwrap();
        let grant = Grant {
            client: "test".to_owned(),
            subject: None,
            scopes: Scopes::read(scopes).0,
            patient: Some(self.app.patient.clone()),
            encounter: None,
        };
        self.app.house.platform.mint_token(&access, grant, 600).unwrap()
    }

    async fn get(&self, token: &str, path: &str) -> Answer {
        self.app.fhir("GET", path, token, "").await
    }
}

async fn create(app: &App, resource: &Value) -> String {
    let kind = resource["resourceType"].as_str().unwrap();
    let made = app.fhir("POST", kind, &app.house.ana, &resource.to_string()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.json()["id"].as_str().unwrap().to_owned()
}

fn ids_of(answer: &Answer) -> Vec<String> {
    let bundle = answer.json();
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    entries.iter().filter_map(|entry| entry["resource"]["id"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_patients_token_sees_one_patient() {
    let ward = Ward::new().await;
    let token = ward.token("patient/*.rs");
    let (own, other) = (&ward.app.patient, &ward.app.other);
    assert_eq!(ids_of(&ward.get(&token, "Patient").await), [own.as_str()]);
    let found = ward.get(&token, "Observation?_total=accurate").await;
    assert_eq!((ids_of(&found).len(), found.json()["total"].as_u64()), (2, Some(2)), "{}", found.text);
    assert_eq!(ids_of(&ward.get(&token, &format!("Observation?subject=Patient/{other}")).await).len(), 0);
    assert_eq!(ward.get(&token, "Observation?_summary=count").await.json()["total"], 2);
    for (patient, id) in &ward.ids {
        let expected = if patient == own { StatusCode::OK } else { StatusCode::NOT_FOUND };
        for path in [
            format!("Observation/{id}"),
            format!("Observation/{id}/_history"),
            format!("Observation/{id}/_history/1"),
            format!("Observation/{id}/$meta"),
        ] {
            assert_eq!(ward.get(&token, &path).await.status, expected, "{path}");
        }
    }
    for path in [
        format!("Patient/{other}"),
        format!("Patient/{other}/$everything"),
        format!("Patient/{other}/Observation"),
    ] {
        assert_eq!(ward.get(&token, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let all = ward.get(&token, &format!("Patient/{own}/$everything")).await;
    assert!(!all.text.contains(other) && all.text.contains(&ward.ids[0].1), "{}", all.text);
    for path in [
        "_history",
        "Observation/_history",
        "Patient?_has:Observation:patient:code=x",
        "Observation?patient.name=x",
        "$export",
    ] {
        let answer = ward.get(&token, path).await;
        assert!(!answer.status.is_success(), "{path}: {}", answer.text);
    }
    assert!(!ward.get(&token, "").await.text.contains(other), "a search of everything");
}

#[tokio::test]
async fn a_granular_token_sees_one_category() {
    let ward = Ward::new().await;
    let token = ward.token(&format!("patient/Observation.rs?category={CATEGORY}|laboratory"));
    let found = ids_of(&ward.get(&token, "Observation").await);
    assert_eq!(found, [ward.ids[0].1.as_str()]);
    assert_eq!(ward.get(&token, &format!("Observation/{}", ward.ids[0].1)).await.status, StatusCode::OK);
    assert_eq!(
        ward.get(&token, &format!("Observation/{}", ward.ids[1].1)).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(ids_of(&ward.get(&token, "Observation?category=vital-signs").await).len(), 0);
    for path in [format!("Patient/{}", ward.app.patient), "Patient".to_owned(), "Condition".to_owned()] {
        assert_eq!(ward.get(&token, &path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let last = ward.get(&token, &format!("Observation/$lastn?patient={}", ward.app.patient)).await;
    assert!(!last.text.contains(&ward.ids[1].1), "{}", last.text);
}

#[tokio::test]
async fn includes_bring_nothing_that_is_out_of_reach() {
    let ward = Ward::new().await;
    let observations = ward.token("patient/Observation.rs");
    let found = ward
        .get(&observations, "Observation?_include=Observation:subject&_include=Observation:performer")
        .await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text);
    assert!(!found.text.contains("Secret") && ids_of(&found).len() == 2, "{}", found.text);
    let patients = ward.token("patient/Patient.rs");
    let found = ward.get(&patients, "Patient?_revinclude=Observation:subject").await;
    assert_eq!(ids_of(&found), [ward.app.patient.as_str()]);
    let both = ward.token("patient/Practitioner.rs patient/Observation.rs");
    let found = ward.get(&both, "Practitioner?_revinclude=Observation:performer").await;
    assert!(!ward.ids[2..].iter().any(|(_, id)| found.text.contains(id)), "{}", found.text);
}

#[tokio::test]
async fn nothing_is_written_out_of_reach() {
    let ward = Ward::new().await;
    let observation = |patient: &str| {
        json!({"resourceType": "Observation", "status": "final", "code": {"text": "x"},
            "subject": {"reference": format!("Patient/{patient}")}})
    };
    let reader = ward.token("patient/*.rs");
    let writer = ward.token("patient/Observation.cruds");
    let (own, other) = (ward.app.patient.as_str(), ward.app.other.as_str());
    let post = async |token: &str, body: &Value| {
        ward.app.fhir("POST", "Observation", token, &body.to_string()).await.status
    };
    assert_eq!(post(&reader, &observation(own)).await, StatusCode::FORBIDDEN);
    assert_eq!(post(&writer, &observation(own)).await, StatusCode::CREATED);
    assert_eq!(post(&writer, &observation(other)).await, StatusCode::FORBIDDEN);
    let at = |id: &str| format!("Observation/{id}");
    let (mine, theirs) = (&ward.ids[0].1, &ward.ids[2].1);
    let put = async |id: &str, patient: &str| {
        let mut body = observation(patient);
        body["id"] = json!(id);
        ward.app.fhir("PUT", &at(id), &writer, &body.to_string()).await.status
    };
    assert_eq!(put(mine, other).await, StatusCode::FORBIDDEN, "given away");
    assert_eq!(put(theirs, own).await, StatusCode::FORBIDDEN, "taken");
    assert_eq!(put(mine, own).await, StatusCode::OK);
    assert_eq!(ward.app.fhir("DELETE", &at(theirs), &writer, "").await.status, StatusCode::FORBIDDEN);
    let entry = |method: &str, url: &str| json!({"request": {"method": method, "url": url}});
    for kind in ["batch", "transaction"] {
        let bundle = json!({"resourceType": "Bundle", "type": kind, "entry": [
            entry("GET", &at(theirs)), entry("GET", &format!("Patient/{other}")), entry("DELETE", &at(theirs)),
        ]});
        let answer = ward.app.fhir("POST", "", &writer, &bundle.to_string()).await;
        assert!(
            !answer.text.contains("\"birthDate\"") && !answer.text.contains("204 No Content"),
            "{kind}: {}",
            answer.text
        );
    }
    let seen = ward.app.fhir("GET", &at(theirs), &ward.app.house.ana, "").await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text);
}

#[tokio::test]
async fn wider_tokens_reach_wider_and_the_learners_own_everywhere() {
    let ward = Ward::new().await;
    let user = ward.token("user/*.rs");
    for path in [
        "_history",
        "Observation?patient.birthdate=1980-02-29",
        "Patient?_has:Observation:patient:status=final",
    ] {
        assert_eq!(ward.get(&user, path).await.status, StatusCode::OK, "{path}");
        let own = ward.app.house.ana.clone();
        assert_eq!(ward.get(&own, path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(ward.get(&user, &format!("Patient/{}", ward.app.other)).await.status, StatusCode::OK);
}
