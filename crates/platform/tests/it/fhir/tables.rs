//! `ViewDefinition/$run`: rows of the hospital, of some of it, and of what is sent.

use platform::fhir::{Answer, FhirError, Interaction, Place, Refusal, pairs_of};
use serde_json::{Value, json};

use super::desk::{Desk, desk};

const TYPE: Place<'_> = Place::Type("ViewDefinition");

fn run(
    desk: &Desk,
    place: Place<'_>,
    query: &str,
    body: Option<&Value>,
) -> Result<(String, String), FhirError> {
    let body = body.map(|body| body.to_string().into_bytes());
    let query = pairs_of(query);
    let asked = Interaction::Operation { name: "run", place, query: &query, body: body.as_deref() };
    match desk.ask(&asked)? {
        Answer::Content { media_type, body } => Ok((media_type.to_owned(), String::from_utf8(body).unwrap())),
        other => panic!("{other:?} is no table"),
    }
}

fn parameters(given: &[Value]) -> Value {
    json!({"resourceType": "Parameters", "parameter": given})
}

fn families() -> Value {
    json!({"name": "viewResource", "resource": {"resourceType": "ViewDefinition", "resource": "Patient", "select": [
        {"column": [{"name": "id", "path": "getResourceKey()"}, {"name": "family", "path": "name.family"}]}
    ]}})
}

#[test]
fn rows_of_the_hospital_in_every_form() {
    let desk = desk();
    let whole = parameters(&[families()]);
    let (media, rows) = run(&desk, TYPE, "", Some(&whole)).unwrap();
    assert_eq!(media, "application/json");
    let rows: Vec<Value> = serde_json::from_str(&rows).unwrap();
    assert!(rows.len() >= 2 && rows.contains(&json!({"id": "berg", "family": "Berg"})), "{rows:?}");
    let entry = desk.last().event;
    assert_eq!((entry.kind.as_str(), &entry.detail["view"]), ("fhir.operation", &json!("Patient")));
    assert_eq!(entry.detail["rows"], rows.len());

    let (media, csv) = run(&desk, TYPE, "_format=csv&_limit=1", Some(&whole)).unwrap();
    assert_eq!(media, "text/csv; charset=utf-8");
    assert!(csv.starts_with("id,family\r\n") && csv.lines().count() == 2, "{csv}");
    let bare = json!({"name": "header", "valueBoolean": false});
    let format = json!({"name": "_format", "valueCode": "text/csv"});
    let (_, csv) = run(&desk, TYPE, "", Some(&parameters(&[families(), bare, format]))).unwrap();
    assert_eq!(csv.lines().count(), rows.len());
    let (_, lines) = run(&desk, TYPE, "_format=ndjson", Some(&whole)).unwrap();
    assert_eq!(lines.lines().count(), rows.len());
}

#[test]
fn rows_of_some_patients_and_of_what_is_new() {
    let desk = desk();
    let of = |more: Value| {
        let (_, rows) = run(&desk, TYPE, "", Some(&parameters(&[families(), more]))).unwrap();
        serde_json::from_str::<Vec<Value>>(&rows).unwrap()
    };
    let berg = json!({"id": "berg", "family": "Berg"});
    assert_eq!(
        of(json!({"name": "patient", "valueReference": {"reference": "Patient/berg"}})),
        std::slice::from_ref(&berg)
    );
    let group = json!({"resourceType": "Group", "id": "g", "type": "person", "actual": true,
        "member": [{"entity": {"reference": "Patient/berg"}}]});
    desk.update("Group", "g", &group).unwrap();
    assert_eq!(of(json!({"name": "group", "valueReference": {"reference": "Group/g"}})), [berg]);
    assert_eq!(of(json!({"name": "_since", "valueInstant": "2999-01-01T00:00:00Z"})), Vec::<Value>::new());
    let nobody = json!({"name": "patient", "valueReference": {"reference": "Patient/nobody"}});
    let error = run(&desk, TYPE, "", Some(&parameters(&[families(), nobody]))).unwrap_err();
    assert_eq!(error.refusal, Refusal::NotFound);
}

#[test]
fn rows_of_what_is_sent_and_nothing_else() {
    let desk = desk();
    let sent = [
        json!({"name": "resource", "resource": {"resourceType": "Patient", "id": "x", "name": [{"family": "X"}]}}),
        json!({"name": "resource", "valueString": "{\"resourceType\": \"Patient\", \"id\": \"y\"}"}),
        json!({"name": "resource", "resource": {"resourceType": "Basic", "code": {}}}),
    ];
    let whole = parameters(&[&[families()][..], &sent].concat());
    let (_, rows) = run(&desk, TYPE, "", Some(&whole)).unwrap();
    assert_eq!(rows, r#"[{"id":"x","family":"X"},{"id":"y","family":null}]"#);
}

#[test]
fn views_that_are_there_go_by_name() {
    let desk = desk();
    let by_id = run(&desk, Place::Instance("ViewDefinition", "patients"), "", None).unwrap();
    let named = json!({"name": "viewReference", "valueReference": {"reference": "ViewDefinition/patients"}});
    assert_eq!(run(&desk, TYPE, "", Some(&parameters(&[named]))).unwrap(), by_id);
    assert_eq!(run(&desk, TYPE, "viewReference=ViewDefinition/patients", None).unwrap(), by_id);
    assert!(by_id.1.contains("\"berg\""));
    for view in platform::views::ready_views() {
        run(&desk, Place::Instance("ViewDefinition", &view.slug), "_format=csv", None).unwrap();
    }
}

#[test]
fn what_cannot_be_run_is_refused_at_its_place() {
    let desk = desk();
    let refused =
        |given: &[Value], query: &str| run(&desk, TYPE, query, Some(&parameters(given))).unwrap_err();
    let view = |path: &str| {
        json!({"name": "viewResource", "resource": {"resourceType": "ViewDefinition", "resource": "Patient",
            "select": [{"column": [{"name": "x", "path": path}]}]}})
    };
    let wrong = refused(&[view("name.frist()")], "");
    assert_eq!(wrong.refusal, Refusal::Unprocessable);
    assert_eq!(wrong.issues[0].expression.as_deref(), Some("ViewDefinition.select[0].column[0].path"));
    assert!(wrong.issues[0].diagnostics.contains("character 6"), "{wrong}");
    assert!(refused(&[view("name")], "").to_string().contains("Patient/"));
    for (given, query, word) in [
        (vec![], "", "viewResource"),
        (vec![families(), view("id")], "", "more than once"),
        (vec![families()], "viewReference=ViewDefinition/patients", "name it once"),
        (vec![families()], "_format=parquet", "json, ndjson or csv"),
        (vec![families()], "_limit=-1", "_limit"),
        (vec![families()], "_since=yesterday", "_since"),
        (vec![families()], "source=x", "not supported"),
        (vec![families()], "patient=a/b/c", "patient"),
    ] {
        let error = refused(&given, query);
        assert!(error.to_string().contains(word), "{error}");
    }
    let error = run(&desk, Place::Instance("ViewDefinition", "none"), "", None).unwrap_err();
    assert_eq!(error.refusal, Refusal::NotFound);
}
