//! Operations at their addresses, by GET and by POST.

use serde_json::Value;

use super::client::{PATIENT, client, is_outcome};

#[tokio::test]
async fn validate_answers_at_type_and_instance() {
    let client = client().await;
    let id = client.patient().await;
    let wrong = r#"{"resourceType": "Patient", "birthDate": "yesterday"}"#;
    let wrapped = format!(
        r#"{{"resourceType": "Parameters", "parameter": [{{"name": "resource", "resource": {wrong}}}]}}"#
    );
    let of = format!("/Patient/{id}/$validate");
    let cases = [
        ("POST", "/Patient/$validate", PATIENT, "information"),
        ("POST", "/Patient/$validate", wrong, "error"),
        ("POST", "/Patient/$validate", &wrapped, "error"),
        ("POST", "/Observation/$validate", PATIENT, "error"),
        ("POST", &of, PATIENT, "information"),
        ("GET", &of, "", "information"),
    ];
    for (method, path, body, severity) in cases {
        let answer = client.ask(method, path, &[], body).await;
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text);
        assert!(is_outcome(&answer), "{}", answer.text);
        assert_eq!(answer.json()["issue"][0]["severity"], severity, "{method} {path}: {}", answer.text);
    }
}

#[tokio::test]
async fn an_operation_is_found_only_where_it_is_offered() {
    let client = client().await;
    for path in ["/$validate", "/Patient/$nonsense", "/Nonsense/$validate", "/Patient/never/$validate"] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text);
        assert!(is_outcome(&answer), "{}", answer.text);
    }
    let answer = client.get("/Patient/$validate").await;
    assert_eq!(answer.status, 400, "{}", answer.text);
}

#[tokio::test]
async fn one_name_stands_for_operations_on_several_types() {
    let client = client().await;
    let gender = "administrative-gender&code=female";
    let cases = [
        (format!("/CodeSystem/$validate-code?url=http://hl7.org/fhir/{gender}"), 200),
        (
            format!(
                "/ValueSet/$validate-code?system=http://hl7.org/fhir/administrative-gender&url=http://hl7.org/fhir/ValueSet/{gender}"
            ),
            200,
        ),
        ("/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender".to_owned(), 200),
        ("/Patient/$validate-code?code=x".to_owned(), 404),
        ("/ValueSet/$lookup?code=x".to_owned(), 404),
        ("/ValueSet/$expand?url=http://x.example/none".to_owned(), 404),
        ("/ValueSet/$expand".to_owned(), 400),
        ("/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/c80-doc-typecodes".to_owned(), 422),
    ];
    for (path, status) in cases {
        let answer = client.get(&path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        assert_eq!(is_outcome(&answer), status != 200, "{}", answer.text);
    }
    let statement = client.get("/metadata").await.json();
    let resources = statement["rest"][0]["resource"].as_array().unwrap();
    for kind in ["CodeSystem", "ValueSet"] {
        let resource = resources.iter().find(|one| one["type"] == kind).unwrap();
        let definition = format!("http://hl7.org/fhir/OperationDefinition/{kind}-validate-code");
        assert!(resource["operation"].to_string().contains(&definition), "{kind}");
    }
}

#[tokio::test]
async fn every_operation_that_is_claimed_is_there() {
    let client = client().await;
    let statement = client.get("/metadata").await.json();
    let rest = &statement["rest"][0];
    let names = |operations: &Value| -> Vec<String> {
        let all = operations.as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|operation| operation["name"].as_str().unwrap().to_owned()).collect()
    };
    let mut tried = 0;
    for resource in rest["resource"].as_array().unwrap() {
        let kind = resource["type"].as_str().unwrap();
        for name in names(&resource["operation"]) {
            let mut found = false;
            for path in [format!("/{kind}/${name}"), format!("/{kind}/x/${name}")] {
                let text = client.get(&path).await.text;
                found |= !text.contains("is not offered") && !text.contains("is not an address");
            }
            assert!(found, "{kind} ${name}");
            tried += 1;
        }
    }
    assert!(tried > 150, "{tried}");
    for name in names(&rest["operation"]) {
        assert_ne!(client.get(&format!("/${name}")).await.status, 404, "{name}");
    }
}

#[tokio::test]
async fn a_record_is_given_whole() {
    let client = client().await;
    let patients = client.get("/Patient?_count=1").await.json();
    let id = patients["entry"][0]["resource"]["id"].as_str().unwrap();
    let all = client.get(&format!("/Patient/{id}/$everything?_count=1000")).await.json();
    let total = all["total"].as_u64().unwrap();
    assert!(total > 20, "{total}");
    let mut path = format!("/Patient/{id}/$everything?_count=50");
    let mut found = std::collections::BTreeSet::new();
    loop {
        let page = client.get(&path).await.json();
        let matches =
            page["entry"].as_array().unwrap().iter().filter(|entry| entry["search"]["mode"] == "match");
        found.extend(matches.map(|entry| entry["fullUrl"].as_str().unwrap().to_owned()));
        let links = page["link"].as_array().unwrap();
        let Some(next) = links.iter().find(|link| link["relation"] == "next") else { break };
        path = next["url"].as_str().unwrap().rsplit("/fhir").next().unwrap().to_owned();
    }
    assert_eq!(found.len() as u64, total, "the pages fit together");
}
