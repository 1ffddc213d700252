use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use platform::people::{CsrfToken, Person};
use standards::fhir::outcome::IssueCode;

use crate::fhir;
use crate::hands::Lent;
use crate::problem::Problem;
use crate::state::App;

/// The name of the session cookie.
pub(crate) const SESSION_COOKIE: &str = "practicum_session";
/// The header in which pages send back their CSRF token.
pub(crate) const CSRF_HEADER: &str = "x-csrf-token";

/// Who sent a request, by bearer token or by session cookie. A request that changes something and comes with a cookie must
/// also carry the session's CSRF token in [`CSRF_HEADER`]; HTML forms carry it as a field, see `web::form`.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) person: Person,
    /// The system they come from, for the journal: a program with a token, or a page.
    pub(crate) source: &'static str,
    /// What forms of this session must carry; none for a bearer token, which no other site can make a browser send.
    pub(crate) csrf: Option<CsrfToken>,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        if let Some(Lent(signed_in)) = parts.extensions.get() {
            return Ok(signed_in.clone());
        }
        // Inside a nested router the address has lost its beginning.
        let whole = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
        let is_fhir = whole.path().starts_with("/s/") && whole.path().contains("/fhir");
        let refuse = |status, what: &'static str| {
            if is_fhir {
                fhir::outcome(status, IssueCode::Login, what)
            } else {
                Problem::new(status, what).into()
            }
        };
        let signed_in = find(app, &parts.headers).await;
        let signed_in = signed_in.map_err(|what| refuse(StatusCode::INTERNAL_SERVER_ERROR, what))?;
        let Some(signed_in) = signed_in else {
            let mut response = refuse(StatusCode::UNAUTHORIZED, "sign in, or send a bearer token");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
            return Err(response);
        };
        let changes = !(parts.method.is_safe() || parts.uri.path().ends_with("/_search"));
        let header = parts.headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if changes && signed_in.csrf.as_ref().is_some_and(|token| !token.matches(header)) {
            return Err(refuse(StatusCode::FORBIDDEN, "the page is out of date; load it again"));
        }
        Ok(signed_in)
    }
}

/// Who the headers of a request speak for, if anybody.
pub(crate) async fn find(app: &App, headers: &HeaderMap) -> Result<Option<SignedIn>, &'static str> {
    let client = |person| SignedIn { person, source: "client", csrf: None };
    let page = |(person, csrf)| SignedIn { person, source: "page", csrf: Some(csrf) };
    let people = app.platform.people();
    let bearer = bearer(headers).map(str::to_owned);
    let cookie = cookie(headers, SESSION_COOKIE).map(str::to_owned);
    let recalled = match (&bearer, &cookie) {
        (Some(bearer), _) => people.recall_token(bearer).map(client),
        (None, Some(cookie)) => people.recall_session(cookie).map(page),
        (None, None) => return Ok(None),
    };
    if recalled.is_some() {
        return Ok(recalled);
    }
    let found = app.run(move |platform| match (bearer, cookie) {
        (Some(bearer), _) => Ok(platform.people().token(&bearer)?.map(client)),
        (None, cookie) => Ok(platform.people().session(&cookie.unwrap_or_default())?.map(page)),
    });
    found.await.map_err(|error: platform::people::PeopleError| {
        tracing::error!(%error, "a session or token could not be looked up");
        "the server could not look up who you are; its log says why"
    })
}

/// The bearer token that was sent, if any.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer "))
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}
