use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, OriginalUri, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, get};
use platform::Platform;
use platform::people::Role;

use super::call::{Call, Caller};
use super::route::{Door, Reply, Route};
use super::{openapi, table};
use crate::base_url::BaseUrl;
use crate::body::BODY_BYTES_MAX;
use crate::problem::Problem;
use crate::signed_in::SignedIn;
use crate::state::App;

static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(table::routes);

/// Every address of the API, made from the table.
pub(crate) fn routes() -> Router<App> {
    let mut at: BTreeMap<&str, MethodRouter<App>> = BTreeMap::new();
    for route in ROUTES.iter() {
        let answer = |State(app): State<App>, request: Request| serve(route, app, request);
        let filter = MethodFilter::try_from(route.method.clone()).expect("the table names common methods");
        let methods = at.remove(route.path).unwrap_or_default();
        at.insert(route.path, methods.on(filter, answer));
    }
    let mut router = Router::new();
    for (path, methods) in at {
        router = router.route(path, methods.fallback(no_such_method));
    }
    router
        .route("/api/openapi.json", get(openapi::serve).fallback(no_such_method))
        .nest("/api", Router::new().fallback(no_such_address))
        .nest("/s/{sandbox}", Router::new().fallback(no_such_address))
}

/// Answers one request at one route.
async fn serve(route: &'static Route, app: App, request: Request) -> Response {
    let caller = match read(route, &app, request).await {
        Ok(caller) => caller,
        Err(response) => return response,
    };
    let streams = route.stream.filter(|_| accepts_events(&caller.headers));
    let work = route.work.clone();
    let inside = app.clone();
    let work = move |_: &Platform| {
        let answer = work(&Call { app: &inside, caller: &caller });
        (answer, caller)
    };
    let (answer, caller) = if route.dials { app.run_dialling(work).await } else { app.run(work).await };
    match (answer, streams) {
        (Err(problem), _) => problem.into(),
        (Ok(_), Some(stream)) => stream(app, &caller),
        (Ok(reply), None) => sent(route.status, reply),
    }
}

/// Reads a request as far as the route's door needs it; whoever may not come in is told so before the body is read.
async fn read(route: &Route, app: &App, request: Request) -> Result<Caller, Response> {
    let (mut parts, body) = request.into_parts();
    let who = match route.door {
        Door::Open => None,
        Door::Own | Door::Owner | Door::Instructor => {
            Some(SignedIn::from_request_parts(&mut parts, app).await?)
        }
    };
    if route.door == Door::Instructor && who.as_ref().is_some_and(|who| who.person.role != Role::Instructor) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "this is for instructors").into());
    }
    let names = RawPathParams::from_request_parts(&mut parts, app).await;
    let names = names.map_err(IntoResponse::into_response)?;
    let named = names.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let Ok(BaseUrl(base_url)) = BaseUrl::from_request_parts(&mut parts, app).await;
    let (query, headers) = (parts.uri.query().map(str::to_owned), parts.headers.clone());
    let from = came_from(&parts);
    let body = Bytes::from_request(Request::from_parts(parts, body), app).await.map_err(|rejection| {
        let status = rejection.status();
        let what = match status {
            StatusCode::PAYLOAD_TOO_LARGE => {
                format!("the body is larger than {BODY_BYTES_MAX} bytes; send less")
            }
            _ => "the body did not arrive whole; send it again".to_owned(),
        };
        Response::from(Problem::new(status, what))
    })?;
    Ok(Caller { who, parts: named, query, headers, body, base_url, from })
}

fn came_from(parts: &Parts) -> String {
    let known = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    known.map_or_else(|| "unknown".to_owned(), |ConnectInfo(address)| address.ip().to_string())
}

fn accepts_events(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/event-stream"))
}

/// A JSON answer that nobody on the way may keep.
pub(super) fn json(status: StatusCode, body: Vec<u8>) -> Response {
    sent(status, Reply::json(body))
}

/// An answer that nobody on the way may keep.
fn sent(status: StatusCode, reply: Reply) -> Response {
    let Reply { media_type, bytes, file } = reply;
    let mut response = (status, bytes).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if status != StatusCode::NO_CONTENT {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    let kept = file.and_then(|name| HeaderValue::try_from(format!("attachment; filename=\"{name}\"")).ok());
    kept.map(|kept| headers.insert(header::CONTENT_DISPOSITION, kept));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn no_such_address(OriginalUri(uri): OriginalUri) -> Problem {
    let what = format!("there is nothing at '{}'; /api/openapi.json lists what there is", uri.path());
    Problem::new(StatusCode::NOT_FOUND, what)
}

async fn no_such_method(method: Method, uri: Uri) -> Problem {
    let what = format!("{method} is not offered at '{}'; /api/openapi.json lists what is", uri.path());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, what)
}
