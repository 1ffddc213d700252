//! Signing in at the provider of the house: there and back. The browser that went is the one that comes back: it holds the state of its
//! sign-in in a cookie.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use platform::people::ProviderError;
use serde::Deserialize;

use super::fault::Fault;
use super::sign_in::{begin, own_path, shown};
use crate::base_url::BaseUrl;
use crate::signed_in::cookie;
use crate::state::App;

const STATE_COOKIE: &str = "practicum_oidc";
/// Where the provider sends browsers back to.
const BACK: &str = "/sign-in/oidc/back";

#[derive(Deserialize, Default)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in/oidc`: goes to the provider.
pub(super) async fn go(
    State(app): State<App>,
    BaseUrl(house): BaseUrl,
    Query(next): Query<Next>,
    headers: HeaderMap,
) -> Response {
    let Some(provider) = app.provider.clone() else { return no_provider() };
    let (back, next) = (format!("{house}{BACK}"), own_path(&next.next).to_owned());
    let begun = app.run_dialling(move |platform| platform.people().begin_at(&provider, &back, &next)).await;
    match begun {
        Ok((to, state)) => (state_cookie(&app, &state, 600), Redirect::to(&to)).into_response(),
        Err(error) => refused(&app, &headers, &error),
    }
}

/// What a provider sends along: a code, or why there is none (OAuth 2.0, 4.1.2).
#[derive(Deserialize, Default)]
pub(super) struct Back {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
}

/// `GET /sign-in/oidc/back`: comes back from the provider.
pub(super) async fn back(State(app): State<App>, Query(back): Query<Back>, headers: HeaderMap) -> Response {
    let Some(provider) = app.provider.clone() else { return no_provider() };
    let is_own = !back.state.is_empty() && cookie(&headers, STATE_COOKIE) == Some(back.state.as_str());
    if !is_own || back.code.is_empty() {
        if !back.error.is_empty() {
            tracing::info!(provider.error = %back.error, "a sign-in ended at the provider");
        }
        return refused(&app, &headers, &ProviderError::Unknown);
    }
    let ended =
        app.run_dialling(move |platform| platform.people().end_at(&provider, &back.state, &back.code)).await;
    match ended {
        Ok((signed_in, next)) => {
            let mut response = begin(&app, &signed_in, &next);
            let (_, expired) = state_pair(&app, "", 0);
            if let Ok(expired) = expired.parse() {
                response.headers_mut().append(header::SET_COOKIE, expired);
            }
            response
        }
        Err(error) => refused(&app, &headers, &error),
    }
}

fn refused(app: &App, headers: &HeaderMap, error: &ProviderError) -> Response {
    let status = match error {
        ProviderError::Provider(what) => {
            tracing::warn!(what, "the provider at which people sign in failed");
            StatusCode::BAD_GATEWAY
        }
        ProviderError::Unknown | ProviderError::Nobody(_) => StatusCode::UNAUTHORIZED,
        ProviderError::People(_) => StatusCode::CONFLICT,
    };
    (status, shown(app, headers, "", "", Some(&error.to_string()))).into_response()
}

fn no_provider() -> Response {
    Fault::Missing("People of this house sign in here alone.".to_owned()).into_response()
}

fn state_cookie(app: &App, state: &str, seconds: u32) -> AppendHeaders<[(header::HeaderName, String); 1]> {
    AppendHeaders([state_pair(app, state, seconds)])
}

/// The cookie comes back with a navigation from elsewhere, which is what `Lax` allows.
fn state_pair(app: &App, state: &str, seconds: u32) -> (header::HeaderName, String) {
    let secure = if app.scheme == "https" { "; Secure" } else { "" };
    let value =
        format!("{STATE_COOKIE}={state}; Path=/sign-in; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    (header::SET_COOKIE, value)
}
