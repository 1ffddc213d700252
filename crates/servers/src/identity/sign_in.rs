use axum::extract::Form;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use platform::identity::{Code, Refusal, Subject};
use serde::Deserialize;

use super::gate::Gate;
use super::pages;
use crate::signed_in::cookie;
use crate::web::pages::form::PageForm;

/// The cookie of a session at the identity provider; it is sent to this hospital's `auth` alone.
const COOKIE: &str = "practicum_hospital";

#[derive(Deserialize)]
pub(super) struct Credentials {
    login: String,
    password: String,
    #[serde(default)]
    code: String,
    asked: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    asked: String,
}

/// `POST …/auth/sign-in`.
pub(super) async fn sign_in(gate: Gate, headers: HeaderMap, Form(sent): Form<Credentials>) -> Response {
    if !gate.sent_from_here(&headers) {
        return pages::refused(
            &headers,
            &Refusal::new(Code::InvalidRequest, "this form came from another site"),
        );
    }
    let Credentials { login, password, code, asked } = sent;
    let (from, tried) = (gate.from(), login.clone());
    let done =
        gate.run(move |platform, access| platform.sign_in_user(access, (&tried, &password, &code), &from));
    match done.await {
        Ok(secret) => begun(&gate, &secret, &asked),
        Err(refusal) => {
            let mut page = pages::sign_in(&gate, &headers, &asked, &login, None, Some(&refusal.what));
            *page.status_mut() = StatusCode::UNAUTHORIZED;
            page
        }
    }
}

/// `POST …/auth/continue`: whoever is signed in to Practicum goes on as themselves.
pub(super) async fn go_on(gate: Gate, form: PageForm<Asked>) -> Response {
    let person = form.visitor.person;
    let sandbox = gate.sandbox.clone();
    let headers = HeaderMap::new();
    let entered = gate.app.run(move |platform| {
        let access = platform.enter(&person, &sandbox, "page").ok()?;
        Some(platform.begin_session(&access, subject(&person)))
    });
    match entered.await {
        Some(Ok(secret)) => begun(&gate, &secret, &form.fields.asked),
        Some(Err(error)) => pages::refused(&headers, &error.into()),
        None => {
            pages::refused(&headers, &Refusal::new(Code::AccessDenied, "this hospital is somebody else's"))
        }
    }
}

/// A person of Practicum as the hospital knows them: by login and name, without a record.
pub(super) fn subject(person: &platform::people::Person) -> Subject {
    Subject { login: person.login.clone(), name: person.name.clone(), fhir_user: None }
}

/// The session's secret, if the browser sent one.
pub(super) fn session_of(headers: &HeaderMap) -> Option<String> {
    cookie(headers, COOKIE).map(str::to_owned)
}

/// Back to the request that needed a person, with a session.
pub(super) fn begun(gate: &Gate, secret: &str, asked: &str) -> Response {
    let path = format!("/s/{}/auth", gate.sandbox);
    let secure = if gate.app.scheme == "https" { "; Secure" } else { "" };
    let session = format!("{COOKIE}={secret}; Path={path}; HttpOnly; SameSite=Lax{secure}");
    // A query of ours comes back as it was; anything else is no header.
    if HeaderValue::from_str(asked).is_err() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    ([(header::SET_COOKIE, session)], Redirect::to(&format!("{path}/authorize?{asked}"))).into_response()
}
