use axum::extract::{ConnectInfo, Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use platform::people::{PeopleError, SESSION_SECONDS, SignedIn};
use serde::Deserialize;

use super::fault::Fault;
use super::form::PageForm;
use super::visitor::theme_of;
use super::words::query_value;
use crate::signed_in::{SESSION_COOKIE, cookie};
use crate::state::App;
use crate::web::ui::{
    Field, Look, Page, Takes, Tone, link_button, narrow_sheet, notice, page as draw, submit,
};

#[derive(Deserialize, Default)]
pub(super) struct Next {
    /// Where to go afterwards: a path of ours.
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(super) struct Credentials {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`.
pub(super) async fn page(State(app): State<App>, Query(next): Query<Next>, headers: HeaderMap) -> Markup {
    shown(&app, &headers, "", &next.next, None)
}

/// `POST /sign-in`.
pub(super) async fn sign_in(
    State(app): State<App>,
    ConnectInfo(from): ConnectInfo<std::net::SocketAddr>,
    headers: HeaderMap,
    Form(sent): Form<Credentials>,
) -> Response {
    let Credentials { login, password, next } = sent;
    let (asked, from) = (login.clone(), from.ip().to_string());
    match app.run(move |platform| platform.people().sign_in(&asked, &password, &from)).await {
        Ok(signed_in) => begin(&app, &signed_in, &next),
        Err(PeopleError::Store(error)) => Fault::from(error).into_response(),
        Err(error) => {
            let status = match error {
                PeopleError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::UNAUTHORIZED,
            };
            (status, shown(&app, &headers, &login, &next, Some(&error.to_string()))).into_response()
        }
    }
}

/// `GET /sign-in/{secret}`: the link that the server prints, or an instructor hands out.
pub(super) async fn by_link(
    State(app): State<App>,
    ConnectInfo(from): ConnectInfo<std::net::SocketAddr>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    let from = from.ip().to_string();
    match app.run(move |platform| platform.people().sign_in_by_link(&secret, &from)).await {
        Ok(signed_in) => begin(&app, &signed_in, ""),
        Err(PeopleError::Store(error)) => Fault::from(error).into_response(),
        Err(error) => (StatusCode::UNAUTHORIZED, shown(&app, &headers, "", "", Some(&error.to_string())))
            .into_response(),
    }
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /sign-out`.
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let session = cookie(&headers, SESSION_COOKIE).unwrap_or_default().to_owned();
    let person = form.visitor.person.login;
    let ended = app.run(move |platform| platform.people().sign_out(&session)).await;
    ended.map_err(|error| {
        tracing::error!(person.login = %person, %error, "a session could not be ended");
        Fault::Broken
    })?;
    let expired = format!("{SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    Ok(([(header::SET_COOKIE, expired)], Redirect::to("/sign-in")).into_response())
}

/// Begins a session in this browser, and goes on to `next`.
pub(super) fn begin(app: &App, signed_in: &SignedIn, next: &str) -> Response {
    let secure = if app.scheme == "https" { "; Secure" } else { "" };
    let session = format!(
        "{SESSION_COOKIE}={}; Path=/; Max-Age={SESSION_SECONDS}; HttpOnly; SameSite=Lax{secure}",
        signed_in.cookie
    );
    ([(header::SET_COOKIE, session)], Redirect::to(own_path(next))).into_response()
}

/// Only a path of ours may be gone to after signing in: `//host` and `/\host` are addresses of others.
pub(super) fn own_path(next: &str) -> &str {
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if ours { next } else { "/" }
}

/// The page, with what was wrong.
pub(super) fn shown(
    app: &App,
    headers: &HeaderMap,
    login: &str,
    next: &str,
    problem: Option<&str>,
) -> Markup {
    let login = Field::new("login", "Login").value(login).autocomplete("username").required();
    let password =
        Field::new("password", "Password").takes(Takes::Password).autocomplete("current-password").required();
    let content = html! {
        p { "A hospital of your own, to learn on. Nothing you do here reaches a real patient." }
        @if let Some(problem) = problem { (notice(Tone::Bad, None, &html! { (problem) })) }
        @if let Some(provider) = &app.provider { (provider_link(provider.title(), next)) }
        form.stack method="post" action="/sign-in" {
            @if !next.is_empty() { input type="hidden" name="next" value=(own_path(next)); }
            (login)
            (password)
            div.form-actions { (submit("Sign in", if app.provider.is_some() { Look::Plain } else { Look::Primary })) }
        }
        p { "No account? Whoever runs this Practicum can make one, or hand you a link that signs you in." }
    };
    let frame = Page { title: "Sign in", theme: theme_of(headers), ..Page::default() };
    draw(&frame, &narrow_sheet("Sign in to Practicum", &content))
}

/// The way to the provider of this house.
fn provider_link(title: &str, next: &str) -> Markup {
    let to = match own_path(next) {
        "/" => "/sign-in/oidc".to_owned(),
        next => format!("/sign-in/oidc?next={}", query_value(next)),
    };
    html! { div.row { (link_button(&format!("Sign in with {title}"), &to, Look::Primary)) } }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn after_signing_in_one_stays_here() {
        let cases = [
            ("/labs/first-shift?x=1", "/labs/first-shift?x=1"),
            ("", "/"),
            ("//example.org/", "/"),
            ("/\\example.org", "/"),
            ("https://example.org/", "/"),
        ];
        for (next, expected) in cases {
            assert_eq!(own_path(next), expected, "{next}");
        }
    }
}
