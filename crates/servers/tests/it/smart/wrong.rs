use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;
use tokio::net::TcpListener;

use super::walk::{CALLBACK, between};
use super::{App, VERIFIER};
use crate::house::PASSWORD;
use crate::pages::Browser;

#[tokio::test]
async fn no_browser_is_sent_to_an_address_that_is_not_registered() {
    let app = App::new("patient/*.rs").await;
    for evil in [
        "https://evil.example/",
        "http://127.0.0.1:9/callback/x",
        "http://127.0.0.1:9/callback?x=1",
        "javascript:alert(1)",
    ] {
        let asked = app.asked("patient/Patient.rs").replace(
            &super::encoded(&[("redirect_uri", CALLBACK)]),
            &super::encoded(&[("redirect_uri", evil)]),
        );
        let answer = app.open(&asked).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::BAD_REQUEST, ""), "{evil}");
    }
}

#[tokio::test]
async fn a_refusal_names_its_issuer_so_that_none_is_mixed_up() {
    let app = App::new("patient/*.rs").await;
    let answer = app.open(&app.asked("system/*.rs")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let location = answer.header("location");
    assert!(
        location.contains("error=invalid_scope") && location.contains("&iss=http%3A%2F%2Fpracticum.test"),
        "{location}"
    );
    let other = app.asked("patient/Patient.rs").replace("practicum.test", "other.test");
    assert!(app.open(&other).await.header("location").contains("error=invalid_request"), "another audience");
}

#[tokio::test]
async fn a_form_from_another_site_agrees_to_nothing() {
    let app = App::new("patient/*.rs").await;
    let asked = format!("{}&practicum_patient={}", app.asked("patient/Patient.rs"), app.patient);
    let page = app.open(&asked).await;
    let csrf = between(&page.text, "name=\"csrf\" value=\"", "\"");
    let fields = |csrf| {
        [
            ("asked", asked.clone()),
            ("csrf", csrf),
            ("decision", "allow".to_owned()),
            ("scope", "patient/Patient.rs".to_owned()),
        ]
    };
    for (csrf, origin) in
        [("guessed", "http://practicum.test"), ("", "http://practicum.test"), (csrf, "https://evil.example")]
    {
        let fields = fields(csrf.to_owned());
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = app.consent(&fields, origin).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::BAD_REQUEST, ""),
            "{csrf} {origin}"
        );
    }
}

#[tokio::test]
async fn consent_grants_no_more_than_was_asked_and_may_be_granted() {
    let app = App::new("patient/*.rs system/*.rs user/*.rs").await;
    let asked = format!("{}&practicum_patient={}", app.asked("patient/Patient.r system/*.rs"), app.patient);
    let page = app.open(&asked).await;
    let csrf = between(&page.text, "name=\"csrf\" value=\"", "\"");
    let fields = [
        ("asked", asked.as_str()),
        ("csrf", csrf),
        ("decision", "allow"),
        ("patient", &app.patient),
        ("scope", "patient/*.cruds"),
        ("scope", "user/*.rs"),
        ("scope", "system/*.rs"),
    ];
    let sent = app.consent(&fields, "http://practicum.test").await;
    let code = between(sent.header("location"), "code=", "&").to_owned();
    assert_eq!(app.exchange(&code).await.json()["scope"], "patient/Patient.r");
}

#[tokio::test]
async fn a_code_used_twice_ends_the_tokens_of_the_first() {
    let app = App::new("patient/*.rs offline_access").await;
    let code = app.code("patient/Patient.rs offline_access").await;
    let first = app.exchange(&code).await.json();
    let again = app.exchange(&code).await;
    assert_eq!(
        (again.status, again.json()["error"].as_str()),
        (StatusCode::BAD_REQUEST, Some("invalid_grant"))
    );
    let token = first["access_token"].as_str().unwrap();
    let read = app.fhir("GET", &format!("Patient/{}", app.patient), token, "").await;
    assert_eq!(read.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app.refresh(first["refresh_token"].as_str().unwrap()).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_its_family() {
    let app = App::new("patient/*.rs offline_access").await;
    let first = app.exchange(&app.code("patient/Patient.rs offline_access").await).await.json();
    let old = first["refresh_token"].as_str().unwrap();
    let second = app.refresh(old).await.json();
    assert_eq!(app.refresh(old).await.json()["error"], "invalid_grant");
    assert_eq!(app.refresh(second["refresh_token"].as_str().unwrap()).await.json()["error"], "invalid_grant");
    let token = second["access_token"].as_str().unwrap();
    let read = app.fhir("GET", &format!("Patient/{}", app.patient), token, "").await;
    assert_eq!(read.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_stolen_code_is_of_no_use() {
    let app = App::new("patient/*.rs").await;
    let other = app.register(&json!({"client_name": "Other"})).await;
    let code = app.code("patient/Patient.rs").await;
    let base = [
        ("grant_type", "authorization_code"),
        ("client_id", app.client.as_str()),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let wrong = [
        ("client_id", other["client_id"].as_str().unwrap(), "invalid_grant"),
        ("client_id", "nobody", "invalid_client"),
        ("code", "invented", "invalid_grant"),
        ("redirect_uri", "http://127.0.0.1:9/other", "invalid_grant"),
        ("code_verifier", "another-verifier-of-at-least-forty-three-characters", "invalid_grant"),
        ("code_verifier", "", "invalid_grant"),
        ("grant_type", "password", "unsupported_grant_type"),
        ("grant_type", "client_credentials", "unauthorized_client"),
    ];
    for (name, value, word) in wrong {
        let fields = base.map(|(own, given)| if own == name { (own, value) } else { (own, given) });
        let answer = app.post("token", &fields).await;
        assert_eq!(answer.json()["error"], word, "{name}={value}: {}", answer.text);
    }
    let twice: Vec<_> = base.into_iter().chain([("code", "x")]).collect();
    assert_eq!(app.post("token", &twice).await.json()["error"], "invalid_request");
    assert_eq!(app.exchange(&code).await.status, StatusCode::OK, "none of these used it up");
}

#[tokio::test]
async fn a_refresh_asks_for_less_and_never_for_more() {
    let app = App::new("patient/*.rs offline_access").await;
    let first = app.exchange(&app.code("patient/Patient.rs offline_access").await).await.json();
    let ask = |token: String, scope: &'static str| {
        let app = &app;
        async move {
            let fields = [
                ("grant_type", "refresh_token"),
                ("client_id", app.client.as_str()),
                ("refresh_token", token.as_str()),
                ("scope", scope),
            ];
            app.post("token", &fields).await.json()
        }
    };
    let token = first["refresh_token"].as_str().unwrap().to_owned();
    assert_eq!(ask(token.clone(), "patient/*.rs").await["error"], "invalid_scope");
    assert_eq!(ask(token, "patient/Patient.r").await["scope"], "patient/Patient.r");
}

#[tokio::test]
async fn nobody_registers_what_would_harm() {
    let app = App::new("patient/*.rs").await;
    let path = format!("/s/{}/auth/register", app.sandbox);
    let cases = [
        json!({"client_name": "x", "redirect_uris": ["javascript:alert(1)"]}),
        json!({"client_name": "x", "redirect_uris": ["https://a.example/"], "jwks_uri": "http://127.0.0.1:8080/me/tokens"}),
        json!({"client_name": "x", "grant_types": ["client_credentials"], "scope": "system/*.rs"}),
    ];
    for said in cases {
        let answer = app.house.ask("POST", &path, &app.house.ana, &said.to_string()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{said}");
    }
    let stranger = app.house.ask("POST", &path, &app.house.bo, "not json").await;
    assert_eq!(stranger.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_token_opens_no_other_hospital_and_no_other_face() {
    let app = App::new("patient/*.rs user/*.rs").await;
    let tokens = app.exchange(&app.code("user/*.rs").await).await.json();
    let token = tokens["access_token"].as_str().unwrap();
    let other = app.house.sandbox().await;
    let answer = app.house.ask("GET", &format!("/s/{other}/fhir/Patient"), token, "").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    for path in ["/api/sandboxes".to_owned(), format!("/s/{}/journal", app.sandbox)] {
        assert_eq!(app.house.ask("GET", &path, token, "").await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let revoked = app.post("revoke", &[("token", token), ("client_id", &app.client)]).await;
    assert_eq!(revoked.status, StatusCode::OK);
    assert_eq!(app.fhir("GET", "Patient", token, "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_launch_is_answered_by_who_made_it_and_once() {
    let app = App::new("launch patient/*.rs").await;
    let access = app.house.platform.at_the_gate(&app.sandbox).unwrap().unwrap().acting_as("nora", "page");
    let client = app.house.platform.app(&access, &app.client).unwrap().unwrap();
    let handle = app.house.platform.launch_app(&access, &client, &app.patient, None).unwrap();
    let asked = format!("{}&launch={handle}", app.asked("launch patient/Patient.rs"));
    let page = app.open(&asked).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.header("location"));
    let csrf = between(&page.text, "name=\"csrf\" value=\"", "\"");
    let fields = [
        ("asked", asked.as_str()),
        ("csrf", csrf),
        ("decision", "allow"),
        // Another patient than that of the launch is not believed.
        ("patient", app.other.as_str()),
        ("scope", "launch"),
        ("scope", "patient/Patient.rs"),
    ];
    let sent = app.consent(&fields, "http://practicum.test").await;
    let code = between(sent.header("location"), "code=", "&").to_owned();
    assert_eq!(app.exchange(&code).await.json()["patient"], app.patient.as_str());
    let again = app.consent(&fields, "http://practicum.test").await;
    assert!(again.header("location").contains("error=invalid_request"), "{}", again.header("location"));
    let ana =
        app.house.platform.launch_app(&access.acting_as("ana", "page"), &client, &app.patient, None).unwrap();
    let stolen = app.open(&format!("{}&launch={ana}", app.asked("launch patient/Patient.rs"))).await;
    assert!(stolen.header("location").contains("error=invalid_request"), "{}", stolen.text);
}

#[tokio::test]
async fn a_form_from_another_site_signs_nobody_in() {
    let app = App::new("patient/*.rs").await;
    let send = async |site: &[(&str, &str)]| {
        let mut request = Request::post(format!("/s/{}/auth/sign-in", app.sandbox))
            .header("host", "practicum.test")
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in site {
            request = request.header(*name, *value);
        }
        let body = super::encoded(&[("login", "nora"), ("password", PASSWORD), ("asked", "x")]);
        app.house.send(request.body(Body::from(body)).unwrap()).await
    };
    for site in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://practicum.test")],
    ] {
        let answer = send(site).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (StatusCode::BAD_REQUEST, ""), "{site:?}");
    }
    let own = send(&[("sec-fetch-site", "same-origin"), ("origin", "http://practicum.test")]).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER);
    let cookie = own.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}

#[tokio::test]
async fn a_launch_has_this_server_call_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let inside = format!("http://{}/launch", listener.local_addr().unwrap());
    let app = App::new("launch patient/*.rs").await;
    let path = format!("/s/{}/auth/register", app.sandbox);
    for address in
        ["http://169.254.169.254/latest", "http://10.0.0.7/", "file:///etc/passwd", "javascript:alert(1)"]
    {
        let said =
            json!({"client_name": "x", "redirect_uris": ["https://a.example/"], "launch_url": address});
        let answer = app.house.ask("POST", &path, &app.house.ana, &said.to_string()).await;
        assert_eq!(answer.json()["error"], "invalid_redirect_uri", "{address}: {}", answer.text);
    }
    let client = app.register(&json!({"launch_url": inside})).await;
    let browser = Browser::of(&app.house, "ana");
    let path = format!("/sandboxes/{}/patients/{}/launch", app.sandbox, app.patient);
    let fields = format!("client={}", client["client_id"].as_str().unwrap());
    let page = browser.post(&path, &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains(&inside), "the browser is shown the way: {}", page.text);
    // Where an app would send a browser that came with somebody else's server is the app's to refuse.
    let called = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
    assert!(called.is_err(), "the server itself went nowhere");
}
