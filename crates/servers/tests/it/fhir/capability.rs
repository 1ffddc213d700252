//! The CapabilityStatement and the server say the same.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::client::{Client, PATIENT, client};

async fn statement(client: &Client) -> Value {
    let answer = client.ask_as("", "GET", "/metadata", &[], Vec::new()).await;
    assert_eq!(answer.status, StatusCode::OK, "it needs no sign-in");
    answer.json()
}

fn of<'a>(statement: &'a Value, kind: &str) -> &'a Value {
    let resources = statement["rest"][0]["resource"].as_array().unwrap();
    resources.iter().find(|resource| resource["type"] == kind).unwrap()
}

fn words<'a>(list: &'a Value, member: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[member].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_interaction_that_is_claimed_works_and_no_other_does() {
    let client = client().await;
    let statement = statement(&client).await;
    assert_eq!(statement["fhirVersion"], "4.0.1");
    assert_eq!(
        statement["implementation"]["url"],
        format!("http://practicum.test/s/{}/fhir", client.sandbox)
    );
    let id = client.patient().await;
    let update = json!({"resourceType": "Patient", "id": id}).to_string();
    let requests: [(&str, &str, String, &str); 12] = [
        ("read", "GET", format!("/Patient/{id}"), ""),
        ("vread", "GET", format!("/Patient/{id}/_history/1"), ""),
        ("update", "PUT", format!("/Patient/{id}"), &update),
        ("patch", "PATCH", format!("/Patient/{id}"), "[]"),
        ("history-instance", "GET", format!("/Patient/{id}/_history"), ""),
        ("history-type", "GET", "/Patient/_history".to_owned(), ""),
        ("create", "POST", "/Patient".to_owned(), PATIENT),
        ("search-type", "GET", "/Patient".to_owned(), ""),
        ("conditional-update", "PUT", format!("/Patient?_id={id}"), &update),
        ("conditional-patch", "PATCH", format!("/Patient?_id={id}"), "[]"),
        ("conditional-delete", "DELETE", format!("/Patient?_id={id}"), ""),
        ("delete", "DELETE", format!("/Patient/{id}"), ""),
    ];
    let patient = of(&statement, "Patient");
    let mut claimed = words(&patient["interaction"], "code");
    // What is said of conditions; a patch by condition is part of patching.
    assert_eq!(
        (&patient["conditionalUpdate"], &patient["conditionalDelete"]),
        (&json!(true), &json!("single"))
    );
    assert_eq!(statement["patchFormat"], json!(["application/json-patch+json"]));
    claimed.extend(["conditional-update", "conditional-patch", "conditional-delete"]);
    for (code, method, path, body) in &requests {
        let answer = client.ask(method, path, &[], body).await;
        assert_eq!(
            answer.status.is_success(),
            claimed.contains(code),
            "{code}: {} {}",
            answer.status,
            answer.text
        );
    }
    assert!(claimed.iter().all(|code| requests.iter().any(|(tried, ..)| tried == code)), "{claimed:?}");
    let system = words(&statement["rest"][0]["interaction"], "code");
    assert_eq!(client.get("/_history").await.status.is_success(), system.contains(&"history-system"));
    for kind in system.into_iter().filter(|code| *code != "history-system") {
        let body = json!({"resourceType": "Bundle", "type": kind}).to_string();
        let answer = match kind {
            "search-system" => client.get("?_type=Patient").await,
            _ => client.ask("POST", "", &[], &body).await,
        };
        assert_eq!(answer.status, StatusCode::OK, "{kind}");
    }
}

#[tokio::test]
async fn every_search_parameter_and_include_that_is_claimed_is_understood() {
    let client = client().await;
    let statement = statement(&client).await;
    let strict = [("prefer", "handling=strict")];
    for kind in ["Patient", "Observation", "Encounter", "MedicationRequest", "ValueSet", "RiskAssessment"] {
        let resource = of(&statement, kind);
        let mut queries = Vec::new();
        for parameter in resource["searchParam"].as_array().unwrap() {
            let value = match parameter["type"].as_str().unwrap() {
                "date" => "ge2024-02",
                "number" | "quantity" => "gt1.5",
                _ => "a",
            };
            let modifier = if parameter["type"] == "composite" { ":missing" } else { "" };
            let value = if modifier.is_empty() { value } else { "true" };
            queries.push(format!("{}{modifier}={value}", parameter["name"].as_str().unwrap()));
        }
        for (member, name) in [("searchInclude", "_include"), ("searchRevInclude", "_revinclude")] {
            let values = resource[member].as_array().cloned().unwrap_or_default();
            queries.extend(values.iter().map(|value| format!("{name}={}", value.as_str().unwrap())));
        }
        assert!(queries.len() > 5, "{kind}: {queries:?}");
        for query in queries {
            let answer = client.ask("GET", &format!("/{kind}?{query}&_count=1"), &strict, "").await;
            assert_eq!(answer.status, StatusCode::OK, "{kind}?{query}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn what_is_claimed_of_every_search_is_understood() {
    let client = client().await;
    let statement = statement(&client).await;
    let rest = &statement["rest"][0];
    let id = client.patient().await;
    let strict = [("prefer", "handling=strict")];
    for name in words(&rest["searchParam"], "name") {
        let query = match name {
            "_filter" => "_filter=_id eq a",
            "_has" => "_has:Provenance:target:_id=a",
            "_lastUpdated" => "_lastUpdated=ge2024-02",
            _ => "",
        };
        let query = if query.is_empty() { format!("{name}=Patient") } else { query.replace(' ', "%20") };
        let answer = client.ask("GET", &format!("?_type=Patient&{query}"), &strict, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text);
    }
    let patient = "http://hl7.org/fhir/CompartmentDefinition/patient";
    assert!(rest["compartment"].as_array().unwrap().contains(&json!(patient)));
    assert_eq!(client.get(&format!("/Patient/{id}/*")).await.json()["total"], 1);
}

#[tokio::test]
async fn every_type_that_is_claimed_is_searched() {
    let client = client().await;
    let statement = statement(&client).await;
    let kinds = words(&statement["rest"][0]["resource"], "type");
    assert!(kinds.len() > 140 && kinds.is_sorted(), "{}", kinds.len());
    for kind in kinds {
        assert_eq!(client.get(&format!("/{kind}?_summary=count")).await.status, StatusCode::OK, "{kind}");
    }
}
