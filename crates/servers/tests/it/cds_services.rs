//! The hospital's own services of decision support, called the way a CDS Hooks client calls them.

use axum::http::StatusCode;
use serde_json::{Value, json};
use standards::cds_hooks::{problems_of_answer, resolve};

use crate::house::{Answer, House, house};

const AT: &str = "2026-03-02T08:00:00Z";

async fn call(house: &House, sandbox: &str, service: &str, body: &Value) -> Answer {
    let address = format!("/s/{sandbox}/cds-services/{service}");
    house.ask("POST", &address, &house.ana, &body.to_string()).await
}

/// A call about a patient whom no chart here knows: everything is prefetched.
fn stranger(hook: &str, ordered: Value) -> Value {
    let mut order = ordered;
    order["resourceType"] = "MedicationRequest".into();
    order["id"] = "m".into();
    let none = json!({"resourceType": "Bundle", "type": "searchset"});
    json!({
        "hook": hook,
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {
            "userId": "Practitioner/1",
            "patientId": "stranger",
            "selections": ["MedicationRequest/m"],
            "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": order}]},
        },
        "prefetch": {
            "patient": {"resourceType": "Patient", "id": "stranger", "birthDate": "1944-05-01", "gender": "female"},
            "allergies": none, "medications": none, "services": none, "results": none,
        },
    })
}

fn creatinine(mg_dl: f64) -> Value {
    json!({"resourceType": "Bundle", "entry": [{"resource": {
        "resourceType": "Observation", "id": "c", "status": "final",
        "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "2160-0"}]},
        "effectiveDateTime": AT,
        "valueQuantity": {"value": mg_dl, "unit": "mg/dL"},
    }}]})
}

/// What the catalogue calls by this id, as an order of it names it.
fn of_catalogue(id: &str) -> Value {
    let url = format!("https://practicum.example/ActivityDefinition/{id}");
    json!({"instantiatesCanonical": [url], "medicationCodeableConcept": {"text": id}})
}

/// The id of a medicine of the catalogue that belongs to a class.
async fn medicine(house: &House, sandbox: &str, class: &str) -> String {
    let found =
        house.ask("GET", &format!("/s/{sandbox}/fhir/ActivityDefinition?_count=200"), &house.ana, "").await;
    let found = found.json();
    let of_class = |one: &&Value| one["resource"]["topic"].to_string().contains(&format!("\"{class}\""));
    found["entry"].as_array().unwrap().iter().find(of_class).unwrap()["resource"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn services_are_discovered_with_what_they_wish_to_know() {
    let house = house();
    let sandbox = house.sandbox().await;
    let found = house.ask("GET", &format!("/s/{sandbox}/cds-services"), &house.ana, "").await.json();
    let services = found["services"].as_array().unwrap();
    assert_eq!(services.len(), 4);
    for service in services {
        for member in ["id", "hook", "title", "description"] {
            assert!(service[member].as_str().is_some_and(|text| !text.is_empty()), "{service}");
        }
        let patient = service["prefetch"]["patient"].as_str().unwrap();
        assert_eq!(resolve(patient, &json!({"patientId": "p"}), 0).as_deref(), Ok("Patient/p"));
    }
}

#[tokio::test]
async fn kidneys_that_fail_give_a_card_and_healthy_ones_none() {
    let house = house();
    let sandbox = house.sandbox().await;
    let (nsaid, biguanide) =
        (medicine(&house, &sandbox, "nsaid").await, medicine(&house, &sandbox, "biguanide").await);
    let cases = [
        (&nsaid, 0.7, None),
        (&nsaid, 1.6, Some("warning")),
        (&biguanide, 1.6, None),
        (&biguanide, 3.0, Some("critical")),
    ];
    for (ordered, mg_dl, indicator) in cases {
        let mut body = stranger("order-sign", of_catalogue(ordered));
        body["prefetch"]["results"] = creatinine(mg_dl);
        let answer = call(&house, &sandbox, "renal-dosing", &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let answer = answer.json();
        assert_eq!(problems_of_answer(&answer), Vec::<String>::new());
        let cards = answer["cards"].as_array().unwrap();
        let told: Vec<&str> = cards.iter().filter_map(|card| card["indicator"].as_str()).collect();
        assert_eq!(told, Vec::from_iter(indicator), "{ordered} at {mg_dl} mg/dL: {answer}");
        for card in cards {
            assert!(card["detail"].as_str().unwrap().contains("eGFR: "), "{card}");
            assert!(card["summary"].as_str().unwrap().chars().count() < 140);
            assert_eq!(card["suggestions"][0]["actions"][0]["type"], "delete");
            assert_eq!(card["suggestions"][0]["actions"][0]["resourceId"], "MedicationRequest/m");
            assert_eq!(card["selectionBehavior"], "any");
        }
    }
}

#[tokio::test]
async fn a_service_looks_into_the_chart_for_what_was_not_prefetched() {
    let house = house();
    let sandbox = house.sandbox().await;
    let patient = house.patient(&sandbox).await;
    let results = creatinine(9.0)["entry"][0]["resource"].clone();
    let mut results = results;
    results["subject"] = json!({"reference": format!("Patient/{patient}")});
    results.as_object_mut().unwrap().remove("id");
    let request = axum::http::Request::post(format!("/s/{sandbox}/fhir/Observation"))
        .header("host", "practicum.test")
        .header("authorization", format!("Bearer {}", house.ana))
        .header("content-type", "application/fhir+json")
        .body(axum::body::Body::from(results.to_string()))
        .unwrap();
    let written = house.send(request).await;
    assert_eq!(written.status, StatusCode::CREATED, "{}", written.text);
    let female =
        json!({"resourceType": "Patient", "id": patient, "birthDate": "1944-05-01", "gender": "female"});
    let ordered = medicine(&house, &sandbox, "nsaid").await;
    let mut body = stranger("order-sign", of_catalogue(&ordered));
    body["context"]["patientId"] = patient.as_str().into();
    body["prefetch"] = json!({"patient": female});
    let answer = call(&house, &sandbox, "renal-dosing", &body).await.json();
    assert_eq!(answer["cards"].as_array().map(Vec::len), Some(1), "{answer}");
}

#[tokio::test]
async fn a_call_that_cannot_be_judged_says_why() {
    let house = house();
    let sandbox = house.sandbox().await;
    let good = stranger("order-sign", json!({}));
    let mut unfetched = good.clone();
    unfetched["prefetch"].as_object_mut().unwrap().remove("results");
    let mut nobody = good.clone();
    nobody["prefetch"] = json!({});
    let mut another = good.clone();
    another["prefetch"]["patient"]["id"] = "somebody-else".into();
    let cases = [
        ("no-such-service", &good, StatusCode::NOT_FOUND, "no-such-service"),
        ("renal-dosing", &json!({}), StatusCode::BAD_REQUEST, "hookInstance is missing"),
        ("allergy-conflict", &good, StatusCode::BAD_REQUEST, "for the hook order-select"),
        ("renal-dosing", &another, StatusCode::BAD_REQUEST, "prefetch.patient is not"),
        ("renal-dosing", &unfetched, StatusCode::PRECONDITION_FAILED, "send results"),
        ("renal-dosing", &nobody, StatusCode::PRECONDITION_FAILED, "send patient"),
    ];
    for (service, body, status, said) in cases {
        let answer = call(&house, &sandbox, service, body).await;
        assert_eq!(answer.status, status, "{service}: {}", answer.text);
        assert!(answer.text.contains(said), "{}", answer.text);
    }
}

#[tokio::test]
async fn feedback_is_taken_down_beside_the_call_it_is_about() {
    let house = house();
    let sandbox = house.sandbox().await;
    let ordered = medicine(&house, &sandbox, "nsaid").await;
    let mut body = stranger("order-sign", of_catalogue(&ordered));
    body["prefetch"]["results"] = creatinine(3.0);
    let card = call(&house, &sandbox, "renal-dosing", &body).await.json()["cards"][0]["uuid"].clone();
    let told = |card: &Value| {
        json!({"feedback": [{"card": card, "outcome": "overridden", "outcomeTimestamp": AT,
            "overrideReason": {"reason": {"code": "known-and-watched"}}}]})
    };
    let taken = call(&house, &sandbox, "renal-dosing/feedback", &told(&card)).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    let invented = call(&house, &sandbox, "renal-dosing/feedback", &told(&json!("invented"))).await;
    assert_eq!(invented.status, StatusCode::BAD_REQUEST, "{}", invented.text);
    let another = call(&house, &sandbox, "duplicate-order/feedback", &told(&card)).await;
    assert_eq!(another.status, StatusCode::BAD_REQUEST, "a card of another service: {}", another.text);
    let journal = house.ask("GET", &format!("/s/{sandbox}/journal"), &house.ana, "").await.text;
    for said in ["cds.call", "cds.feedback", "known-and-watched"] {
        assert!(journal.contains(said), "{said}: {journal}");
    }
    assert_eq!(journal.matches("cds.feedback").count(), 1, "{journal}");
}
