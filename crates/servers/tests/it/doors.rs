//! Nobody gets through a door that is not theirs: every route of the table is tried, and the FHIR face beside it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use platform::people::{NewPerson, Role};
use servers::api::{Door, RouteInfo, route_infos};

use crate::house::{House, PASSWORD, house};
use crate::places::dry_run;

/// The routes with the ids of something of Ana's in their addresses.
async fn addresses(house: &House) -> Vec<(RouteInfo, String)> {
    let sandbox = house.sandbox().await;
    let channel = r#"{"text": "name = 'any'\n[source]\n[[destinations]]\nname = 'D'\nsystem = 'LIS'\n"}"#;
    for (path, body) in [("channels", channel), ("channels/any/messages", r#"{"raw": "MSH|^~\\&|A"}"#)] {
        let made = house.ask("POST", &format!("/api/sandboxes/{sandbox}/{path}"), &house.ana, body).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    }
    let attempt = house.ask("POST", "/api/attempts", &house.ana, r#"{"lab": "desk"}"#).await.json();
    let attempt = attempt["id"].as_str().unwrap();
    let cohort = house.ask("POST", "/api/cohorts", &house.ida, r#"{"title": "Any"}"#).await.json();
    let cohort = cohort["id"].as_str().unwrap();
    let trial = dry_run(house).await;
    let run = ended_run(house, &sandbox).await;
    let address = |route: &RouteInfo| match route.path {
        path if path.starts_with("/api/attempts/") => path.replace("{id}", attempt),
        path if path.starts_with("/api/sandboxes/") || path.starts_with("/s/") => path
            .replace("{id}", &sandbox)
            .replace("{sandbox}", &sandbox)
            .replace("{name}", "any")
            .replace("{channel}", "any")
            .replace("{message}", "1")
            .replace("{kind}", "letter")
            .replace("{table}", "patients")
            .replace("{number}", "1")
            .replace("{run}", &run),
        path => path
            .replace("{label}", "no-such-label")
            .replace("{id}", "desk")
            .replace("{cohort}", cohort)
            .replace("{run}", &trial),
    };
    let mut all: Vec<_> = route_infos().into_iter().map(|route| (route.clone(), address(&route))).collect();
    let fhir = [
        ("GET", "Patient"),
        ("POST", "Patient"),
        ("GET", "Patient/x"),
        ("PUT", "Patient/x"),
        ("DELETE", "Patient/x"),
        ("GET", "Patient/_history"),
        ("POST", "Patient/_search"),
        ("POST", ""),
    ];
    all.extend(fhir.map(|(method, rest)| {
        let route =
            RouteInfo { method: method.parse().unwrap(), path: "/s/{sandbox}/fhir", door: Door::Owner };
        (route, format!("/s/{sandbox}/fhir/{rest}").trim_end_matches('/').to_owned())
    }));
    all
}

/// The id of a run of a test kit that is over: no app came to it.
async fn ended_run(house: &House, sandbox: &str) -> String {
    let at = format!("/api/sandboxes/{sandbox}/kit-runs");
    let asked = r#"{"kit": "smart-app", "inputs": {"redirect_uri": "http://127.0.0.1:9/", "wait": "0"}}"#;
    let begun = house.ask("POST", &at, &house.ana, asked).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    let run = begun.json()["run"].as_str().unwrap().to_owned();
    while house.ask("GET", &format!("{at}/{run}"), &house.ana, "").await.json()["running"] == true {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    run
}

#[tokio::test]
async fn without_a_token_nothing_is_done_or_shown() {
    let house = house();
    for (route, address) in addresses(&house).await {
        for token in ["", "prc_invented", "nonsense"] {
            let answer = house.ask(route.method.as_str(), &address, token, "{}").await;
            match route.door {
                Door::Open => assert!(!answer.status.is_success(), "{address}"),
                _ => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{} {address}", route.method),
            }
        }
    }
}

#[tokio::test]
async fn another_learner_gets_nowhere() {
    let house = house();
    let all = addresses(&house).await;
    let sandbox = all[all.len() - 1].1.split('/').nth(2).unwrap().to_owned();
    let digest = house.ask("GET", &format!("/api/sandboxes/{sandbox}/digest"), &house.ana, "").await.text;
    let journal = house.ask("GET", &format!("/s/{sandbox}/journal"), &house.ana, "").await.text;
    for (route, address) in all {
        let answer = house.ask(route.method.as_str(), &address, &house.bo, "{}").await;
        let said = format!("{} {address}: {} {}", route.method, answer.status, answer.text);
        match route.door {
            Door::Open | Door::Own => assert!(!answer.text.contains(&sandbox), "{said}"),
            Door::Owner => assert!(answer.status.is_client_error(), "{said}"),
            Door::Instructor => assert_eq!(answer.status, StatusCode::FORBIDDEN, "{said}"),
        }
        let names_ana = answer.text.split(|sign: char| !sign.is_alphanumeric()).any(|word| word == "ana");
        assert!(!names_ana, "{said}");
    }
    let after = house.ask("GET", &format!("/api/sandboxes/{sandbox}/digest"), &house.ana, "").await.text;
    assert_eq!(after, digest, "nothing changed");
    let list = house.ask("GET", &format!("/s/{sandbox}/journal"), &house.ana, "").await.text;
    assert_eq!(list, journal, "and nothing was noted");
}

#[tokio::test]
async fn the_owner_and_an_instructor_get_in() {
    let house = house();
    for (route, address) in addresses(&house).await {
        if route.method != "GET" || address.contains("/fhir/") {
            continue;
        }
        // What this hospital lacks, or was not asked for well, is told to who gets in.
        let turned_away = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
        let inside = |status: StatusCode| !turned_away.contains(&status) && !status.is_server_error();
        let instructor = house.ask("GET", &address, &house.ida, "").await;
        assert!(inside(instructor.status), "{address}: {}", instructor.text);
        let owner = house.ask("GET", &address, &house.ana, "").await;
        assert_eq!(inside(owner.status), route.door != Door::Instructor, "{address}: {}", owner.text);
    }
}

#[tokio::test]
async fn a_cookie_alone_changes_nothing() {
    let house = house();
    let new = NewPerson { login: "teacher", name: "T", role: Role::Instructor, password: Some(PASSWORD) };
    house.platform.people().add(new).unwrap();
    let session = house.platform.people().sign_in("teacher", PASSWORD, "test").unwrap();
    for (route, address) in addresses(&house).await {
        if route.method == "GET" || route.door == Door::Open || address.ends_with("/_search") {
            continue;
        }
        let request = Request::builder()
            .method(route.method.clone())
            .uri(&address)
            .header("cookie", format!("practicum_session={}", session.cookie))
            .header("content-type", "application/json")
            .body(Body::from("{}"))
            .unwrap();
        let answer = house.send(request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {address}: {}", route.method, answer.text);
    }
}
