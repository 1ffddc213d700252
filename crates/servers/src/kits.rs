//! Where others come to a test kit: an app under test, to which a run plays a hospital, and a browser that comes back to a run.
//!
//! Whoever knows the id of a run may call it, as an app must; what a run answers is invented, and nothing of a hospital.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get};
use platform::kits::{ANSWER_MAX, Inbound, Run, Said, ask_kit, come_back, form};

use crate::state::App;

/// The longest body that is handed to a run.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// The addresses.
pub(crate) fn routes() -> Router<App> {
    let played = Router::new()
        .route("/kits/app/{run}/{*path}", any(played))
        .layer(from_fn(crate::identity::open_to_all_origins));
    Router::new().route("/kits/callback", get(callback)).merge(played)
}

/// Serves one run alone until it is dropped, for the command line: `/kits/app/…` and `/kits/callback`, whatever the id says.
///
/// # Errors
/// When the listener fails.
pub async fn serve_run(run: Arc<Run>, listener: tokio::net::TcpListener) -> std::io::Result<()> {
    let own = Router::new()
        .route("/kits/app/{run}/{*path}", any(played_alone))
        .layer(from_fn(crate::identity::open_to_all_origins))
        .route("/kits/callback", get(callback_alone))
        .with_state(run);
    axum::serve(listener, own).await
}

async fn played_alone(
    State(run): State<Arc<Run>>,
    Path((_, path)): Path<(String, String)>,
    method: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let call = call(&format!("{method} {path}"), query.as_deref(), &headers, &body);
    said(tokio::task::spawn_blocking(move || run.ask(call, ANSWER_MAX)).await.ok().flatten())
}

async fn callback_alone(
    State(run): State<Arc<Run>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let call = call("GET callback", query.as_deref(), &headers, &[]);
    let state = call.fields.get("state").cloned().unwrap_or_default();
    thanked(run.deliver(&state, call))
}

async fn played(
    State(app): State<App>,
    Path((run, path)): Path<(String, String)>,
    method: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if body.len() > BODY_BYTES_MAX {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let call = call(&format!("{method} {path}"), query.as_deref(), &headers, &body);
    let platform = app.platform.clone();
    // A run may take its time, and must not stand in the way of use cases meanwhile.
    said(tokio::task::spawn_blocking(move || ask_kit(&platform, &run, call)).await.ok().flatten())
}

fn said(said: Option<Said>) -> Response {
    match said {
        Some(said) => answer(said),
        None => (StatusCode::NOT_FOUND, "No run of a test kit answers here.").into_response(),
    }
}

async fn callback(State(app): State<App>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let call = call("GET callback", query.as_deref(), &headers, &[]);
    let state = call.fields.get("state").cloned().unwrap_or_default();
    thanked(come_back(&app.platform, &state, &call))
}

fn thanked(somebody_waited: bool) -> Response {
    match somebody_waited {
        true => {
            Html("<!doctype html><title>Thank you</title><p>The test kit goes on. You can close this window.")
                .into_response()
        }
        false => {
            let text = "<!doctype html><title>Nobody waits</title><p>No run of a test kit waits for this answer: it came twice, or too late.";
            (StatusCode::NOT_FOUND, Html(text)).into_response()
        }
    }
}

fn call(what: &str, query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Inbound {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Inbound {
        what: what.to_owned(),
        fields: form::decoded(query.unwrap_or_default()),
        headers: headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body: body.to_vec(),
    }
}

fn answer(said: Said) -> Response {
    let mut response = Response::new(Body::from(said.body));
    *response.status_mut() = StatusCode::from_u16(said.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in said.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
