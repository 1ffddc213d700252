//! `$fhirpath` over HTTP, in the shape of fhirpath-lab.

use serde_json::{Value, json};

use super::client::{Client, client, is_outcome};

const FHIR: &[(&str, &str)] = &[("content-type", "application/fhir+json")];
const JSON_VALUE: &str = "http://fhir.forms-lab.com/StructureDefinition/json-value";

fn patient() -> Value {
    json!({
        "resourceType": "Patient", "id": "p", "birthDate": "1980-05-17", "active": true,
        "name": [{"family": "Moor", "given": ["Ada", "Zoë"]}, {"family": "Old"}],
        "contact": [{"name": {"family": "Near"}}],
        "contained": [{"resourceType": "Organization", "id": "o", "name": "Inside"}],
        "managingOrganization": {"reference": "#o"},
    })
}

fn parameters(more: &[Value], expression: &str) -> String {
    let expression = json!({"name": "expression", "valueString": expression});
    let all: Vec<&Value> = more.iter().chain([&expression]).collect();
    json!({"resourceType": "Parameters", "parameter": all}).to_string()
}

async fn evaluate(client: &Client, more: &[Value], expression: &str) -> Value {
    let answer = client.ask("POST", "/$fhirpath", FHIR, &parameters(more, expression)).await;
    assert_eq!(answer.status, 200, "{expression}: {}", answer.text);
    answer.json()
}

/// The results of an answer without those about places.
fn results(answer: &Value) -> Vec<Value> {
    let all = answer["parameter"].as_array().unwrap();
    all.iter().filter(|one| one["name"] == "result").cloned().collect()
}

#[tokio::test]
async fn results_are_parts_named_by_their_type() {
    let client = client().await;
    let given = [json!({"name": "resource", "resource": patient()})];
    for (expression, parts) in [
        ("name.given.first()", json!([["string", "valueString", "Ada"]])),
        ("active", json!([["boolean", "valueBoolean", true]])),
        ("birthDate", json!([["date", "valueDate", "1980-05-17"]])),
        ("name.count()", json!([["integer", "valueInteger", 2]])),
        ("1 / 4", json!([["decimal", "valueDecimal", 0.25]])),
        ("@2024-02-03T04:05:06Z", json!([["dateTime", "valueDateTime", "2024-02-03T04:05:06Z"]])),
        ("name.last()", json!([["HumanName", "valueHumanName", {"family": "Old"}]])),
        ("managingOrganization.resolve().name", json!([["string", "valueString", "Inside"]])),
        (
            "contained",
            json!([["Organization", "resource", {"resourceType": "Organization", "id": "o", "name": "Inside"}]]),
        ),
        (
            "2 'mg'",
            json!([["Quantity", "valueQuantity", {"value": 2.0, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}]]),
        ),
    ] {
        let answer = evaluate(&client, &given, expression).await;
        let all = results(&answer);
        assert_eq!(all.len(), 1, "{answer}");
        for (part, wanted) in all[0]["part"].as_array().unwrap().iter().zip(parts.as_array().unwrap()) {
            assert_eq!(part["name"], wanted[0], "{part}");
            assert_eq!(part[wanted[1].as_str().unwrap()], wanted[2], "{part}");
        }
    }
    let answer = evaluate(&client, &given, "contact").await;
    let part = &results(&answer)[0]["part"][0];
    assert_eq!(part["name"], "Patient.contact");
    let embedded = part["extension"].as_array().unwrap().iter().find(|one| one["url"] == JSON_VALUE).unwrap();
    let embedded: Value = serde_json::from_str(embedded["valueString"].as_str().unwrap()).unwrap();
    assert_eq!(embedded, json!({"name": {"family": "Near"}}));
    let answer = evaluate(&client, &given, "''").await;
    assert_eq!(results(&answer)[0]["part"], json!([{"name": "empty-string"}]));
    let answer = evaluate(&client, &given, "name.suffix").await;
    assert_eq!(results(&answer), [json!({"name": "result"})]);
}

#[tokio::test]
async fn context_variables_and_traces_have_their_places() {
    let client = client().await;
    let given = [
        json!({"name": "resource", "extension": [{"url": JSON_VALUE, "valueString": patient().to_string()}]}),
        json!({"name": "context", "valueString": "name"}),
        json!({"name": "variables", "part": [
            {"name": "name", "valueString": "greeting"}, {"name": "value", "valueString": "Dear"},
            {"name": "other", "valueInteger": 7},
        ]}),
    ];
    let answer = evaluate(&client, &given, "(%greeting & ' ' & family).trace('told') | %other").await;
    let all = results(&answer);
    assert_eq!(answer["id"], "fhirpath");
    assert_eq!([&all[0]["valueString"], &all[1]["valueString"]], ["Patient.name[0]", "Patient.name[1]"]);
    assert_eq!(all[1]["part"][0], json!({"name": "string", "valueString": "Dear Old"}));
    assert_eq!(all[1]["part"][1]["valueInteger"], 7);
    let trace = json!({"name": "trace", "valueString": "told", "part": [{"name": "string", "valueString": "Dear Old"}]});
    assert_eq!(all[1]["part"][2], trace);
    let echo = answer["parameter"][0]["part"].as_array().unwrap();
    let part = |name: &str| echo.iter().find(|part| part["name"] == name).unwrap();
    assert!(part("evaluator")["valueString"].as_str().unwrap().starts_with("Practicum"));
    assert_eq!(part("context")["valueString"], "name");
    assert_eq!(part("resource")["resource"]["id"], "p");
    assert_eq!(part("variables")["part"][2], json!({"name": "other", "valueInteger": 7}));
    let tree: Value = serde_json::from_str(part("parseDebugTree")["valueString"].as_str().unwrap()).unwrap();
    assert_eq!([&tree["ExpressionType"], &tree["Name"]], ["BinaryExpression", "|"]);
}

#[tokio::test]
async fn stored_resources_are_named_by_reference_or_address_and_the_journal_knows() {
    let client = client().await;
    let id = client.patient().await;
    let by_reference = [json!({"name": "resource", "valueString": format!("Patient/{id}")})];
    let answer = evaluate(&client, &by_reference, "name.family").await;
    assert_eq!(results(&answer)[0]["part"][0]["valueString"], "Moor");
    for path in [
        format!("/Patient/{id}/$fhirpath?expression=name.family"),
        format!("/$fhirpath?expression=name.family&resource=Patient/{id}"),
    ] {
        let answer = client.get(&path).await;
        assert_eq!(results(&answer.json())[0]["part"][0]["valueString"], "Moor", "{path}: {}", answer.text);
    }
    let journal = format!("/s/{}/journal?kind=fhir.operation", client.sandbox);
    let journal = client.house.ask("GET", &journal, &client.house.ana, "").await;
    assert!(journal.text.contains("\"fhirpath\""), "{}", journal.text);
    assert!(journal.text.contains(&format!("Patient/{id}")), "{}", journal.text);
}

#[tokio::test]
async fn a_mistake_is_told_with_its_place() {
    let client = client().await;
    for (expression, reason) in [
        ("name.", "at character 6"),
        ("name.frobnicate()", "no function frobnicate()"),
        ("1 + 'a'", "at character 3"),
        ("name.repeatAll($this)", "limit"),
        (&"(".repeat(5_000), "nested brackets"),
    ] {
        let given = [json!({"name": "resource", "resource": patient()})];
        let answer = client.ask("POST", "/$fhirpath", FHIR, &parameters(&given, expression)).await;
        assert_eq!(answer.status, 400, "{}", answer.text);
        assert!(is_outcome(&answer) && answer.text.contains(reason), "{reason}: {}", answer.text);
    }
    let strict = [
        json!({"name": "resource", "resource": patient()}),
        json!({"name": "validate", "valueBoolean": true}),
    ];
    let answer = client.ask("POST", "/$fhirpath", FHIR, &parameters(&strict, "name.given1")).await;
    assert!(
        answer.status == 400 && answer.text.contains("HumanName has no element given1"),
        "{}",
        answer.text
    );
    for path in [
        "/$fhirpath",
        "/$fhirpath?expression=1&resource=Patient/nobody",
        "/$fhirpath?expression=1&resource=http://elsewhere.example/Patient/1",
    ] {
        let answer = client.get(path).await;
        assert!(answer.status.is_client_error() && is_outcome(&answer), "{path}: {}", answer.text);
    }
}
