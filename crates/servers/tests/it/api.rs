//! The JSON API does what it says, and refuses in plain words.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use platform::people::{NewPerson, Role};
use serde_json::{Value, json};
use servers::api::{document, route_infos};

use crate::house::{Answer, House, PASSWORD, house};

fn is_problem(answer: &Answer, status: StatusCode) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text);
    assert_eq!(answer.json()["status"], status.as_u16());
    assert!(answer.json()["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{}", answer.text);
}

async fn ok(house: &House, method: &str, path: &str, body: &str) -> Value {
    let answer = house.ask(method, path, &house.ana, body).await;
    assert!(answer.status.is_success(), "{method} {path}: {} {}", answer.status, answer.text);
    answer.json()
}

/// An address of a route with its variable parts filled.
pub(crate) fn filled(path: &str, part: &str) -> String {
    let parts = path.split('/').map(|it| if it.starts_with('{') { part } else { it });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn the_document_and_the_router_hold_the_same_routes() {
    let house = house();
    let document = document();
    let paths = document["paths"].as_object().unwrap();
    let mut operations = 0;
    for (path, methods) in paths {
        for method in ["get", "post", "put", "patch", "delete"] {
            let answer = house.ask(&method.to_uppercase(), &filled(path, "x"), "", "").await;
            let offered = methods.get(method).is_some();
            operations += usize::from(offered);
            let refused = answer.status == StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(offered, !refused, "{method} {path}: {} {}", answer.status, answer.text);
            assert_ne!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
        }
    }
    assert_eq!(operations, route_infos().len());
}

#[tokio::test]
async fn the_document_is_whole() {
    let served = house().ask("GET", "/api/openapi.json", "", "").await;
    assert_eq!(served.json(), document());
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(references.len() > 20, "{references:?}");
    for reference in references {
        let found = document.pointer(reference.trim_start_matches('#'));
        assert!(found.is_some(), "{reference} points nowhere");
    }
    let mut names: Vec<&Value> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values().map(|operation| &operation["operationId"]))
        .collect();
    let count = names.len();
    names.sort_by_key(|name| name.to_string());
    names.dedup();
    assert_eq!(names.len(), count, "operation ids are unique");
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            references.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}

#[tokio::test]
async fn a_sandbox_lives_from_start_to_end() {
    let house = house();
    let made = ok(&house, "POST", "/api/sandboxes", r#"{"title": " My ward "}"#).await;
    let id = made["id"].as_str().unwrap();
    assert_eq!((&made["title"], &made["image"]), (&json!("My ward"), &json!("general-hospital")));
    assert_eq!(made["fhir"], format!("http://practicum.test/s/{id}/fhir"));
    assert_eq!((&made["rate"], &made["snapshots"]), (&json!(1), &json!([])));

    let at = format!("/api/sandboxes/{id}");
    let untouched = ok(&house, "GET", &format!("{at}/digest"), "").await;
    let taken = ok(&house, "POST", &format!("{at}/snapshots"), r#"{"name": "empty"}"#).await;
    assert_eq!(taken, json!({"snapshots": ["empty"]}));
    let patient = house.patient(id).await;
    let changed = ok(&house, "GET", &format!("{at}/digest"), "").await;
    assert_ne!(untouched, changed);
    assert_eq!(ok(&house, "POST", &format!("{at}/undo"), "").await, json!({"undone": true}));
    assert_eq!(ok(&house, "POST", &format!("{at}/undo"), "{}").await, json!({"undone": false}));
    assert_eq!(ok(&house, "GET", &format!("{at}/digest"), "").await, untouched);

    house.patient(id).await;
    ok(&house, "POST", &format!("{at}/snapshots/empty/return"), "").await;
    assert_eq!(ok(&house, "GET", &format!("{at}/digest"), "").await, untouched);
    house.patient(id).await;
    let reset = ok(&house, "POST", &format!("{at}/reset"), "{}").await;
    assert_eq!(reset["snapshots"], json!(["empty"]));
    let gone = house.ask("GET", &format!("/s/{id}/fhir/Patient/{patient}"), &house.ana, "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);

    assert_eq!(ok(&house, "GET", "/api/sandboxes", "").await["sandboxes"][0]["id"], id);
    let deleted = house.ask("DELETE", &at, &house.ana, "").await;
    assert_eq!((deleted.status, deleted.text.as_str()), (StatusCode::NO_CONTENT, ""));
    is_problem(&house.ask("GET", &at, &house.ana, "").await, StatusCode::NOT_FOUND);
    assert_eq!(ok(&house, "GET", "/api/sandboxes", "").await, json!({"sandboxes": []}));
}

#[tokio::test]
async fn a_clock_is_paused_run_and_advanced() {
    let house = house();
    let at = format!("/api/sandboxes/{}/clock", house.sandbox().await);
    let paused = ok(&house, "POST", &at, r#"{"pause": true}"#).await;
    assert_eq!(paused["rate"], 0);
    let later = ok(&house, "POST", &at, r#"{"advance_seconds": 3600}"#).await;
    assert!(later["virtual_now"].as_str() > paused["virtual_now"].as_str(), "{paused} {later}");
    assert_eq!(ok(&house, "POST", &at, r#"{"rate": 60}"#).await["rate"], 60);
    for nonsense in [r#"{"rate": 1001}"#, r#"{"pause": false}"#, "{}", r#"{"stop": true}"#, r#"{"rate": -1}"#]
    {
        let refused = house.ask("POST", &at, &house.ana, nonsense).await;
        is_problem(&refused, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_journal_is_listed_filtered_and_verified() {
    let house = house();
    let id = house.sandbox().await;
    let patient = house.patient(&id).await;
    ok(&house, "POST", &format!("/api/sandboxes/{id}/undo"), "").await;
    let kinds = async |query: &str| {
        let list = ok(&house, "GET", &format!("/s/{id}/journal{query}"), "").await;
        let kind = |entry: &Value| entry["kind"].as_str().unwrap().to_owned();
        list["entries"].as_array().unwrap().iter().map(kind).collect::<Vec<_>>()
    };
    let all = ["sandbox.started", "fhir.create", "sandbox.undo"];
    assert_eq!(kinds("").await, all);
    assert_eq!(kinds("?kind=fhir.*").await, all[1..2]);
    assert_eq!(kinds("?kind=fhir.create,sandbox.undo&newest=true").await, ["sandbox.undo", "fhir.create"]);
    assert_eq!(kinds("?after=1&limit=1").await, all[1..2]);
    assert_eq!(kinds(&format!("?subject=Patient/{patient}")).await, all[1..2]);
    assert_eq!(kinds("?actor=nobody").await, [""; 0]);
    assert_eq!(kinds("?outcome=ok").await.len(), 3);
    for nonsense in ["?after=x", "?limit=-1", "?colour=red"] {
        let refused = house.ask("GET", &format!("/s/{id}/journal{nonsense}"), &house.ana, "").await;
        is_problem(&refused, StatusCode::BAD_REQUEST);
    }
    let list = ok(&house, "GET", &format!("/s/{id}/journal"), "").await;
    let verified = ok(&house, "GET", &format!("/s/{id}/journal/verify"), "").await;
    assert_eq!((&verified["sound"], &verified["entries"]), (&json!(true), &json!(3)));
    assert_eq!(verified["head"], list["entries"][2]["hash"]);
    assert_eq!(list["entries"][1]["hash"], list["entries"][2]["previous"]);
    assert_eq!(list["entries"][1]["actor"], "ana");
}

#[tokio::test]
async fn accounts_sign_in_and_tokens_come_and_go() {
    let house = house();
    let account = json!({"login": "cleo", "name": "Cleo Dahl", "password": PASSWORD}).to_string();
    let made = house.ask("POST", "/api/people", &house.ida, &account).await;
    assert_eq!((made.status, &made.json()["role"]), (StatusCode::CREATED, &json!("learner")));
    is_problem(&house.ask("POST", "/api/people", &house.ida, &account).await, StatusCode::CONFLICT);
    let people = house.ask("GET", "/api/people", &house.ida, "").await.json();
    assert_eq!(people["people"].as_array().unwrap().len(), 4);
    assert!(!people.to_string().contains("argon2"));

    let right = json!({"login": "cleo", "password": PASSWORD}).to_string();
    let signed_in = house.ask("POST", "/api/sign-in", "", &right).await.json();
    let token = signed_in["token"].as_str().unwrap();
    assert_eq!(house.ask("GET", "/api/me", token, "").await.json()["login"], "cleo");
    let wrong = json!({"login": "cleo", "password": "four plain little wordz"}).to_string();
    is_problem(&house.ask("POST", "/api/sign-in", "", &wrong).await, StatusCode::UNAUTHORIZED);

    let added = house.ask("POST", "/api/tokens", token, r#"{"label": "my laptop", "valid_s": 60}"#).await;
    let program = added.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(house.ask("GET", "/api/me", &program, "").await.json()["login"], "cleo");
    let listed = house.ask("GET", "/api/tokens", token, "").await;
    assert_eq!(listed.json()["tokens"].as_array().unwrap().len(), 2);
    assert!(!listed.text.contains("prc_"), "tokens are shown once");
    let withdrawn = house.ask("DELETE", "/api/tokens/my%20laptop", token, "").await;
    assert_eq!(withdrawn.status, StatusCode::NO_CONTENT);
    is_problem(&house.ask("GET", "/api/me", &program, "").await, StatusCode::UNAUTHORIZED);
    is_problem(&house.ask("DELETE", "/api/tokens/my%20laptop", token, "").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn guessing_passwords_is_slowed() {
    let house = house();
    let guess = r#"{"login": "ana", "password": "guess"}"#;
    for _ in 0..10 {
        house.ask("POST", "/api/sign-in", "", guess).await;
    }
    let refused = house.ask("POST", "/api/sign-in", "", guess).await;
    is_problem(&refused, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.json()["wait_s"], 300);
}

#[tokio::test]
async fn bad_input_is_refused_with_its_place_and_changes_nothing() {
    let house = house();
    let before = ok(&house, "GET", "/api/sandboxes", "").await;
    let cases: [(&str, StatusCode, &str); 9] = [
        ("{\n  \"title\": }", StatusCode::BAD_REQUEST, "line 2, column 12"),
        ("{\"title\": \"a\"", StatusCode::BAD_REQUEST, "line 1"),
        ("{\"titel\": \"a\"}", StatusCode::UNPROCESSABLE_ENTITY, "unknown field `titel`"),
        ("{\"title\": 7}", StatusCode::UNPROCESSABLE_ENTITY, "line 1, column 11"),
        ("{\"title\": \"a\", \"title\": \"b\"}", StatusCode::UNPROCESSABLE_ENTITY, "duplicate field"),
        ("[]", StatusCode::UNPROCESSABLE_ENTITY, ""),
        ("{\"title\": \"\"}", StatusCode::UNPROCESSABLE_ENTITY, "1 to 100 characters"),
        ("{\"image\": \"../../etc/passwd\"}", StatusCode::NOT_FOUND, "does not exist"),
        ("{\"image\": \"x' OR 1=1\"}", StatusCode::NOT_FOUND, "does not exist"),
    ];
    for (body, status, says) in cases {
        let refused = house.ask("POST", "/api/sandboxes", &house.ana, body).await;
        is_problem(&refused, status);
        assert!(refused.text.contains(says), "{body}: {}", refused.text);
    }
    let deep = format!("{{\"title\": {}", "[".repeat(100_000));
    is_problem(&house.ask("POST", "/api/sandboxes", &house.ana, &deep).await, StatusCode::BAD_REQUEST);
    assert_eq!(ok(&house, "GET", "/api/sandboxes", "").await, before);
}

#[tokio::test]
async fn bodies_that_are_too_large_or_no_json_are_refused() {
    let house = house();
    let post = |media: &str, body: Vec<u8>| {
        Request::post("/api/sandboxes")
            .header("authorization", format!("Bearer {}", house.ana))
            .header("content-type", media)
            .body(Body::from(body))
            .unwrap()
    };
    let large = house.send(post("application/json", vec![b' '; (16 << 20) + 1])).await;
    is_problem(&large, StatusCode::PAYLOAD_TOO_LARGE);
    let form = house.send(post("application/x-www-form-urlencoded", b"title=a".to_vec())).await;
    is_problem(&form, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let latin = house.send(post("application/json", b"{\"title\": \"\xe9\"}".to_vec())).await;
    is_problem(&latin, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_too() {
    let house = house();
    for path in ["/api/nothing", "/api", "/api/sandboxes/", "/s/aaaaaaaa/nothing", "/s/aaaaaaaa"] {
        is_problem(&house.ask("GET", path, &house.ana, "").await, StatusCode::NOT_FOUND);
    }
    let refused = house.ask("PUT", "/api/me", &house.ana, "{}").await;
    is_problem(&refused, StatusCode::METHOD_NOT_ALLOWED);
    assert!(refused.header("allow").contains("GET"), "{:?}", refused.headers);
    let fhir = house.ask("GET", "/s/aaaaaaaa/fhir/Patient/1", &house.ana, "").await;
    assert_eq!(fhir.json()["resourceType"], "OperationOutcome");
}

#[tokio::test]
async fn every_answer_tells_browsers_what_not_to_do() {
    let house = house();
    for path in ["/api/me", "/healthz", "/api/nothing", "/s/aaaaaaaa/fhir/metadata", "/nothing"] {
        let answer = house.ask("GET", path, "", "").await;
        assert!(answer.header("content-security-policy").contains("script-src 'self';"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
    assert_eq!(house.ask("GET", "/api/me", &house.ana, "").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn an_instructor_backs_everything_up() {
    let house = house();
    house.sandbox().await;
    let made = house.ask("POST", "/api/backup", &house.ida, "").await;
    assert_eq!((made.status, &made.json()["sandboxes"]), (StatusCode::CREATED, &json!(1)), "{}", made.text);
    let folder = house.platform.data().join(made.json()["folder"].as_str().unwrap());
    assert!(folder.join("backup.json").exists());
    is_problem(&house.ask("POST", "/api/backup", &house.ida, "").await, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_page_must_show_where_its_changes_come_from() {
    let house = house();
    let new = NewPerson { login: "dora", name: "Dora", role: Role::Learner, password: Some(PASSWORD) };
    house.platform.people().add(new).unwrap();
    let session = house.platform.people().sign_in("dora", PASSWORD, "test").unwrap();
    let ask = async |csrf: Option<&str>| {
        let mut request = Request::post("/api/sandboxes")
            .header("host", "practicum.test")
            .header("cookie", format!("a=b; practicum_session={}", session.cookie));
        if let Some(csrf) = csrf {
            request = request.header("x-csrf-token", csrf);
        }
        house.send(request.body(Body::empty()).unwrap()).await
    };
    is_problem(&ask(None).await, StatusCode::FORBIDDEN);
    is_problem(&ask(Some("guessed")).await, StatusCode::FORBIDDEN);
    assert_eq!(ask(Some(session.csrf.as_str())).await.status, StatusCode::CREATED);
}
